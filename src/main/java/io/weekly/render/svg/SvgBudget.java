package io.weekly.render.svg;

/**
 * What drawing one SVG may take in all. An element says little about it: a thousand of them may be clipped by the same path, or use it.
 * Its unit is a segment of a path that is put on the page; what else grows with the file is converted to that, roughly.
 */
final class SvgWork {
    private static final long MOST = 200_000;

    private long done;

    /** @throws IllegalArgumentException where it becomes more than a logo may take */
    void add(long segments) {
        done += segments;
        if (done > MOST) {
            throw new IllegalArgumentException("draws more than %d segments of paths, or what takes as long".formatted(MOST));
        }
    }

    /** Of a text that is read or written. */
    void addText(int characters) {
        add(characters / 8);
    }
}
