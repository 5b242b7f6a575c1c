package io.weekly.api.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param next the cursor of the next page; null on the last page
 */
public record Page<T>(List<T> items, @Nullable String next) {

    /**
     * The page of the rows that were read.
     *
     * @param found at most {@link Paging#fetchLimit} rows; if there is one more than the page holds, there is a next page
     * @param key returns the key of an item, by which the list is ordered
     */
    public static <T> Page<T> of(List<T> found, Paging paging, Function<T, String> key) {
        if (found.size() <= paging.limit()) {
            return new Page<>(found, null);
        }
        var items = found.subList(0, paging.limit());
        return new Page<>(items, cursor(key.apply(items.getLast())));
    }

    private static String cursor(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }
}
