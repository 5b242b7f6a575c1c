package io.weekly.api.http;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.PathPart;

/**
 * A single range of bytes (RFC 9110, section 14): {@code bytes=0-99}, {@code bytes=100-} or {@code bytes=-100}. What is no such
 * range, several of them included, is ignored as the RFC allows, and the whole is sent.
 *
 * @param first null where the last {@code last} bytes are meant
 * @param last null where all from {@code first} on is meant
 * @param ifTag the range is wanted of this version only, else the whole; null where it is of any
 */
public record ByteRange(Long first, Long last, String ifTag) {

    private static final Pattern FORM = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");
    private static final ByteRange NONE = new ByteRange(null, null, null);

    public static ByteRange of(String range, String ifRange) {
        var match = FORM.matcher(range == null ? "" : range.strip());
        if (!match.matches()) {
            return NONE;
        }
        var asked = new ByteRange(number(match.group(1)), number(match.group(2)), ifRange);
        var backwards = asked.first != null && asked.last != null && asked.last < asked.first;
        return backwards ? NONE : asked;
    }

    private static Long number(String digits) {
        return digits.isEmpty() ? null : Long.valueOf(digits);
    }

    /** 200 with the whole file, 206 with the range, or 416 where the file has no byte of it. */
    public ResponseBuilder answer(Path file, long size, EntityTag tag) {
        var isAsked = first != null || last != null;
        if (!isAsked || ifTag != null && !ifTag.equals("\"" + tag.getValue() + "\"")) {
            return part(200, file, 0, size);
        }
        var from = first == null ? Math.max(0, size - last) : first;
        var to = first == null || last == null ? size - 1 : Math.min(last, size - 1);
        if (from > to) {
            throw ProblemException.noSuchRange(size);
        }
        return part(206, file, from, to - from + 1).header("Content-Range", "bytes %d-%d/%d".formatted(from, to, size));
    }

    /** Says how long it is itself: of a HEAD's entity nothing is written, and so nothing counted. */
    private static ResponseBuilder part(int status, Path file, long from, long bytes) {
        return Response.status(status).entity(new PathPart(file, from, bytes)).header(HttpHeaders.CONTENT_LENGTH, bytes);
    }
}
