package io.weekly.api.upload;

import io.weekly.api.upload.Upload.Rejection;
import java.util.ArrayList;
import java.util.List;

/** The lines of an upload that were not stored: all are counted, the first 10,000 are listed, so that memory stays bounded. */
public final class Rejections {

    private static final int MAX_LISTED = 10_000;

    private final List<Rejection> listed = new ArrayList<>();
    private long count;

    public void add(List<Rejection> more) {
        count += more.size();
        listed.addAll(more.subList(0, Math.min(more.size(), MAX_LISTED - listed.size())));
    }

    public List<Rejection> listed() {
        return listed;
    }

    public long count() {
        return count;
    }
}
