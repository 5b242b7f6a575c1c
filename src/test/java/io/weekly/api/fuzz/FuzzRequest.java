package io.weekly.api.fuzz;

import io.weekly.testing.ApiDocument.Operation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One request, as it is sent.
 *
 * @param number the number of the request among those of one seed
 * @param operation the operation of the description
 * @param plain whether the path certainly belongs to the operation; a slash or a dot can make it another path
 * @param target path and query
 * @param headers whole lines, in ISO 8859-1
 */
record FuzzRequest(
        int number, Operation operation, boolean plain, String method, String target, List<String> headers, Optional<byte[]> body) {

    private static final Pattern TOKEN = Pattern.compile("Authorization: Bearer eyJ[^.]*\\.([\\w-]{40,})\\..*");
    private static final int SHOWN = 2000;

    byte[] bytes(String host) {
        var out = new ByteArrayOutputStream();
        var head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n");
        headers.forEach(line -> head.append(line).append("\r\n"));
        body.ifPresent(it -> head.append("Content-Length: ").append(it.length).append("\r\n"));
        out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        body.ifPresent(out::writeBytes);
        return out.toByteArray();
    }

    /** A command that repeats the request. */
    String curl(String server) {
        var lines = headers.stream().map(line -> " -H " + quoted(claims(line))).collect(Collectors.joining());
        var data = body.map(it -> " --data-binary " + quoted(new String(it, StandardCharsets.ISO_8859_1))).orElse("");
        return "curl -i --path-as-is -X " + method + lines + data + " " + quoted(server + target);
    }

    /** Shows the claims of a token, because the token itself expires with the test. */
    private static String claims(String line) {
        var token = TOKEN.matcher(line);
        return token.matches()
                ? "Authorization: Bearer " + new String(Base64.getUrlDecoder().decode(token.group(1)), StandardCharsets.UTF_8)
                : line;
    }

    /** Quotes any bytes for bash. */
    private static String quoted(String text) {
        var shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "(" + (text.length() - SHOWN) + " more)";
        var quoted = new StringBuilder("$'");
        shown.chars().forEach(c -> quoted.append(
                c == '\'' || c == '\\' ? "\\" + (char) c : c >= ' ' && c < 0x7f ? "" + (char) c : "\\x%02x".formatted(c & 0xff)));
        return quoted.append("'").toString();
    }
}
