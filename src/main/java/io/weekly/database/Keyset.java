package io.weekly.database;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Reads a long result page by page, in the order of a key (keyset pagination). Each page starts after the last key of the page before. So
 * if rows are added or deleted in the meantime, no other row is skipped or repeated. A page is read only when the rows before it are
 * processed.
 */
public final class Keyset {

    private Keyset() {}

    /**
     * All pages, until one is empty.
     *
     * @param first a key that is smaller than all others
     * @param read the rows after a key, in the order of the key, at most one page of them
     * @param key the key of a row
     */
    public static <T, K> Multi<List<T>> pages(K first, Function<K, Uni<List<T>>> read, Function<T, K> key) {
        // Deferred, because Mutiny creates the state of a repetition once, and not for each subscription.
        return Multi.createFrom().deferred(() -> Multi.createBy()
                .repeating()
                .uni(() -> new AtomicReference<>(first), last -> read.apply(last.get()).invoke(page -> {
                    if (!page.isEmpty()) {
                        last.set(key.apply(page.getLast()));
                    }
                }))
                .until(List::isEmpty));
    }

    /** The rows of all {@link #pages}. */
    public static <T, K> Multi<T> rows(K first, Function<K, Uni<List<T>>> read, Function<T, K> key) {
        return pages(first, read, key).onItem().disjoint();
    }
}
