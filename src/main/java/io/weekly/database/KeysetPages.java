package io.weekly.database;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Keyset paging: reads rows page by page in the order of a key. A page is read when all rows of the page before have been processed, so
 * memory holds one page at a time. A row whose key does not change is read at most once.
 */
public final class KeysetPages {

    private KeysetPages() {}

    /**
     * All pages; an empty page ends the stream.
     *
     * @param start a key that is smaller than every row's key
     * @param read reads the next page: the rows with keys greater than the given one, smallest first
     * @param key the key of a row
     */
    public static <K, R> Multi<List<R>> pages(K start, Function<K, Uni<List<R>>> read, Function<R, K> key) {
        return Multi.createBy()
                .repeating()
                .uni(() -> new AtomicReference<>(start), last -> read.apply(last.get()).invoke(page -> {
                    if (!page.isEmpty()) {
                        last.set(key.apply(page.getLast()));
                    }
                }))
                .until(List::isEmpty);
    }

    /** All rows of all pages. The parameters are those of {@link #pages}. */
    public static <K, R> Multi<R> rows(K start, Function<K, Uni<List<R>>> read, Function<R, K> key) {
        return pages(start, read, key).onItem().transformToMultiAndConcatenate(page -> Multi.createFrom().iterable(page));
    }
}
