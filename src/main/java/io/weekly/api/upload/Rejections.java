package io.weekly.api.upload;

import io.weekly.api.upload.Upload.Rejection;
import java.util.ArrayList;
import java.util.List;

/** The lines of an upload that were not stored: all are counted, the first 10,000 are told, so that memory stays bounded. */
public final class Rejections {

    private static final int TOLD = 10_000;

    private final List<Rejection> told = new ArrayList<>();
    private long count;

    public void add(List<Rejection> more) {
        count += more.size();
        told.addAll(more.subList(0, Math.min(more.size(), TOLD - told.size())));
    }

    public List<Rejection> told() {
        return told;
    }

    public long count() {
        return count;
    }
}
