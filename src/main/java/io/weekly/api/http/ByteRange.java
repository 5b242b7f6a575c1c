package io.weekly.api.http;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A single range of bytes (RFC 9110, section 14): {@code bytes=0-99}, {@code bytes=100-} or {@code bytes=-100}. Anything else, including
 * several ranges, is ignored, as the RFC allows, and the whole file is sent.
 *
 * @param first null if the last {@code last} bytes are requested
 * @param last null if all bytes from {@code first} on are requested
 * @param ifTag if the file has another ETag than this, the whole file is sent; null for any version
 */
public record ByteRange(@Nullable Long first, @Nullable Long last, @Nullable String ifTag) {

    private static final Pattern FORM = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");
    private static final ByteRange WHOLE_FILE = new ByteRange(null, null, null);

    /** Parses the headers Range and If-Range; either may be null. */
    public static ByteRange of(@Nullable String range, @Nullable String ifRange) {
        var match = FORM.matcher(range == null ? "" : range.strip());
        if (!match.matches()) {
            return WHOLE_FILE;
        }
        var parsed = new ByteRange(number(match.group(1)), number(match.group(2)), ifRange);
        var backwards = parsed.first != null && parsed.last != null && parsed.last < parsed.first;
        return backwards ? WHOLE_FILE : parsed;
    }

    private static @Nullable Long number(String digits) {
        return digits.isEmpty() ? null : Long.valueOf(digits);
    }

    /** The part of a file of this size that is to be sent. Fails with a 416 if the file has no byte of the range. */
    public Part of(long size, EntityTag tag) {
        if (first == null && last == null || ifTag != null && !ifTag.equals("\"" + tag.getValue() + "\"")) {
            return new Part(200, 0, size, size);
        }
        var from = first != null ? first : last != null ? Math.max(0, size - last) : 0;
        var to = first == null || last == null ? size - 1 : Math.min(last, size - 1);
        if (from > to) {
            throw ProblemException.noSuchRange(size);
        }
        return new Part(206, from, to - from + 1, size);
    }

    /**
     * What is to be sent of a file.
     *
     * @param status 200 for the whole file, or 206 for a range
     * @param size of the whole file
     */
    public record Part(int status, long from, long bytes, long size) {

        /**
         * The answer with these bytes. Sets Content-Length explicitly: for HEAD the framework writes no entity, so it would not count its
         * bytes.
         */
        public ResponseBuilder answer(Object entity) {
            var answer = Response.status(status).entity(entity).header(HttpHeaders.CONTENT_LENGTH, bytes);
            return status == 200
                    ? answer
                    : answer.header("Content-Range", "bytes %d-%d/%d".formatted(from, from + bytes - 1, size));
        }
    }
}
