package io.weekly.api.http;

import jakarta.ws.rs.QueryParam;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a page. They are read as text, so that an invalid value gets a 400. For a parameter of type int, JAX-RS would
 * answer with a 404.
 */
public class Paging {

    private static final Pattern LIMIT = Pattern.compile("[0-9]{1,9}");
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    @QueryParam("limit")
    @Nullable String limit;

    @QueryParam("cursor")
    @Nullable String cursor;

    /** The largest number of items on the page. */
    int limit() {
        if (limit == null || limit.isEmpty()) {
            return DEFAULT_LIMIT;
        }
        var number = LIMIT.matcher(limit).matches() ? Integer.parseInt(limit) : 0;
        if (number < 1 || number > MAX_LIMIT) {
            throw ProblemException.badRequest("limit must be a number from 1 to 200.");
        }
        return number;
    }

    /** How many rows to read: one more than the page holds shows whether there is a next page. */
    public int fetchLimit() {
        return limit() + 1;
    }

    /**
     * The key of the last item of the page before; empty for the first page. Fails with a 400 if the cursor is invalid.
     *
     * @param form the form of the keys of this list
     */
    public Optional<String> after(Pattern form) {
        if (cursor == null || cursor.isEmpty()) {
            return Optional.empty();
        }
        var key = key(cursor);
        if (!form.matcher(key).matches()) {
            throw ProblemException.badRequest("cursor must be what a page before had as next.");
        }
        return Optional.of(key);
    }

    private static String key(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
