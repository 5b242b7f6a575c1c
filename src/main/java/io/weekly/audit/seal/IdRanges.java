package io.weekly.audit.seal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A set of ids as ascending ranges that do not touch each other. Its text is {@code 17,20-25}. */
record IdRanges(List<IdRange> ranges) {

    static final IdRanges NONE = new IdRanges(List.of());

    /** The ids from {@code first} to {@code last}, both included. */
    record IdRange(long first, long last) {

        @Override
        public String toString() {
            return first == last ? Long.toString(first) : first + "-" + last;
        }
    }

    IdRanges {
        ranges = List.copyOf(ranges);
    }

    /** The ranges of ascending ids. */
    static IdRanges of(LongStream ids) {
        var ranges = new ArrayList<IdRange>();
        ids.forEach(id -> {
            if (!ranges.isEmpty() && ranges.getLast().last() == id - 1) {
                ranges.set(ranges.size() - 1, new IdRange(ranges.getLast().first(), id));
            } else {
                ranges.add(new IdRange(id, id));
            }
        });
        return new IdRanges(ranges);
    }

    /**
     * The ranges of a text; none for null. If somebody has changed the text so that it cannot be read, the result is a range that no seal
     * has, so the signature of its seal does not fit.
     */
    static IdRanges parse(@Nullable String text) {
        try {
            return text == null ? NONE : ranges(text);
        } catch (IllegalArgumentException _) {
            return new IdRanges(List.of(new IdRange(-1, -1)));
        }
    }

    private static IdRanges ranges(String text) {
        var ranges = new ArrayList<IdRange>();
        for (var part : text.split(",", -1)) {
            var ends = part.split("-", 2);
            var first = Long.parseLong(ends[0]);
            var last = ends.length == 1 ? first : Long.parseLong(ends[1]);
            if (first > last || (!ranges.isEmpty() && ranges.getLast().last() >= first - 1)) {
                throw new IllegalArgumentException("not ascending ranges: " + part);
            }
            ranges.add(new IdRange(first, last));
        }
        return new IdRanges(ranges);
    }

    /** Null if there are no ids. */
    @Nullable String text() {
        return isEmpty() ? null : ranges.stream().map(IdRange::toString).collect(Collectors.joining(","));
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    boolean contains(long id) {
        var low = 0;
        var high = ranges.size() - 1;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            if (ranges.get(middle).last() < id) {
                low = middle + 1;
            } else if (ranges.get(middle).first() > id) {
                high = middle - 1;
            } else {
                return true;
            }
        }
        return false;
    }

    LongStream ids() {
        return ranges.stream().flatMapToLong(range -> LongStream.rangeClosed(range.first(), range.last()));
    }

    /** The ids from {@code first} to {@code last} that are not in this set, which has ids between them only. */
    IdRanges complement(long first, long last) {
        var others = new ArrayList<IdRange>();
        var next = first;
        for (var range : ranges) {
            if (next < range.first()) {
                others.add(new IdRange(next, range.first() - 1));
            }
            next = range.last() + 1;
        }
        if (next <= last) {
            others.add(new IdRange(next, last));
        }
        return new IdRanges(others);
    }

    /** At most {@code count} ranges that have all ids of this set, and possibly others between them. */
    List<IdRange> merged(int count) {
        var each = Math.ceilDiv(ranges.size(), count);
        var merged = new ArrayList<IdRange>();
        for (var from = 0; from < ranges.size(); from += each) {
            var to = Math.min(from + each, ranges.size()) - 1;
            merged.add(new IdRange(ranges.get(from).first(), ranges.get(to).last()));
        }
        return merged;
    }
}
