package io.weekly.webhook;

import java.util.ArrayList;
import java.util.List;

/** Makes lists for {@code IN (…)} of a few lengths only, so that connections do not prepare one statement for each length. */
final class Padding {

    private Padding() {}

    /** The values, and the last one again until their number is a power of two. There must be one. */
    static <T> List<T> toPowerOfTwo(List<T> values) {
        var padded = new ArrayList<T>(values);
        while (Integer.bitCount(padded.size()) != 1) {
            padded.add(values.getLast());
        }
        return padded;
    }
}
