package io.weekly.api.http;

import jakarta.ws.rs.QueryParam;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which part of a list is asked for. Read as text, so that what is wrong is a 400 and not, as JAX-RS has it, a 404. */
public class Paging {

    private static final Pattern LIMIT = Pattern.compile("[0-9]{1,9}");
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    @QueryParam("limit")
    String limit;

    @QueryParam("cursor")
    String cursor;

    /** How many items the page has at most. */
    int limit() {
        if (isAbsent(limit)) {
            return DEFAULT_LIMIT;
        }
        var number = LIMIT.matcher(limit).matches() ? Integer.parseInt(limit) : 0;
        if (number < 1 || number > MAX_LIMIT) {
            throw ProblemException.badRequest("limit must be a number from 1 to 200.");
        }
        return number;
    }

    /** How many to look for: one more than the page holds shows whether there is another. */
    public int fetchLimit() {
        return limit() + 1;
    }

    /**
     * The key of the last item of the page before; empty for the first page.
     *
     * @param form what a key of this list looks like; any other is no cursor of ours
     */
    public Optional<String> after(Pattern form) {
        if (isAbsent(cursor)) {
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

    private static boolean isAbsent(String parameter) {
        return parameter == null || parameter.isEmpty();
    }
}
