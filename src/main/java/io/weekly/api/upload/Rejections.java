package io.weekly.api.upload;

import io.weekly.api.upload.Upload.Rejection;
import java.util.ArrayList;
import java.util.List;

/** The rejected lines of an upload. All are counted, and the first 10,000 are listed, so that memory stays bounded. */
public final class Rejections {

    private static final int MAX_LISTED = 10_000;

    private final List<Rejection> listed = new ArrayList<>();
    private long count;

    /** Adds the rejected lines of a chunk. */
    public void add(List<Rejection> more) {
        count += more.size();
        listed.addAll(more.subList(0, Math.min(more.size(), MAX_LISTED - listed.size())));
    }

    /** The first 10,000 rejected lines. */
    public List<Rejection> listed() {
        return listed;
    }

    /** How many lines were rejected. */
    public long count() {
        return count;
    }
}
