package io.weekly.api.page;

import jakarta.ws.rs.core.MediaType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the fields of a small form. Mail programs send {@code List-Unsubscribe=One-Click} as a multipart form or as an encoded one (RFC
 * 8058, section 3.2). The form reader of the framework would write the parts of a multipart form to the disk.
 */
public final class FormFields {

    private static final String END_OF_HEADERS = "\r\n\r\n";
    private static final Pattern NAME = Pattern.compile("(?i)content-disposition:[^\r\n]{0,200}[; ]name=\"?([\\w-]{1,64})");

    private FormFields() {}

    /**
     * The fields by name; the first of a name counts. What cannot be read is left out.
     *
     * @param body at most some kilobytes
     */
    public static Map<String, String> of(MediaType type, byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8);
        return MediaType.MULTIPART_FORM_DATA_TYPE.isCompatible(type) ? multipart(type, text) : encoded(text);
    }

    private static Map<String, String> encoded(String text) {
        var fields = new HashMap<String, String>();
        Arrays.stream(text.strip().split("&")).forEach(field -> {
            var parts = field.split("=", 2);
            if (parts.length == 2) {
                decoded(parts[0]).ifPresent(name -> decoded(parts[1]).ifPresent(value -> fields.putIfAbsent(name, value)));
            }
        });
        return fields;
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Map<String, String> multipart(MediaType type, String text) {
        var fields = new HashMap<String, String>();
        var boundary = type.getParameters().get("boundary");
        if (boundary == null || boundary.isEmpty()) {
            return fields;
        }
        // What stands before the first boundary is no part (RFC 2046, section 5.1.1).
        for (var part : Arrays.stream(text.split(Pattern.quote("--" + boundary))).skip(1).toList()) {
            var end = part.indexOf(END_OF_HEADERS);
            var name = NAME.matcher(part.substring(0, Math.max(end, 0)));
            if (end >= 0 && name.find()) {
                fields.putIfAbsent(name.group(1), part.substring(end + END_OF_HEADERS.length()).strip());
            }
        }
        return fields;
    }
}
