package io.weekly.api.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import io.weekly.api.upload.Uploads;
import io.weekly.tenant.logo.Images;
import io.weekly.testing.ApiDocument;
import io.weekly.testing.ApiDocument.Operation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** Makes one request to an operation: most parts are right, so that it is not refused at once, and a few are wrong. */
final class FuzzRequestMaker {

    private static final byte[] LOGO = Images.png(4, 4);
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");

    private final ApiDocument document;
    private final Map<String, List<String>> tokens;
    private final int number;
    private final Operation operation;
    private final FuzzValues values;
    private final List<String> headers = new ArrayList<>();
    private boolean plain = true;

    FuzzRequestMaker(ApiDocument document, Map<String, List<String>> tokens, int number, Operation operation, FuzzValues values) {
        this.document = document;
        this.tokens = tokens;
        this.number = number;
        this.operation = operation;
        this.values = values;
    }

    FuzzRequest make() {
        var target = path() + query();
        token();
        parametersInHeaders();
        while (values.chance(15)) {
            headers.add(values.any(FuzzTexts.HEADERS));
        }
        if (values.chance(1)) {
            headers.add("X-Long: " + "y".repeat(values.any(List.of(100, 8_000, 30_000))));
        }
        var body = body();
        return new FuzzRequest(number, operation, plain, method(), target, headers, body);
    }

    private String method() {
        var own = operation.method().toUpperCase(Locale.ROOT);
        if (own.equals("GET") && values.chance(5)) {
            return "HEAD";
        }
        return values.chance(3) ? values.any(FuzzValues.words("TRACE PROPFIND PATCH OPTIONS HEAD GET POST PUT DELETE FOO get")) : own;
    }

    private String path() {
        var path = new StringBuilder();
        for (var part : VARIABLE.splitWithDelimiters(operation.path(), 0)) {
            var name = VARIABLE.matcher(part);
            path.append(name.matches() ? segment(name.group(1)) : part);
        }
        if (values.chance(1)) {
            plain = false;
            path.append(values.any(List.of("/", "//", "/.", "/..", ";x", "%20", "/x")));
        }
        return path.toString();
    }

    private String segment(String name) {
        if (values.chance(90)) {
            return encoded(values.valid(of(name), string()).asText());
        }
        plain = false;
        return values.chance(50) ? values.any(FuzzTexts.BROKEN_PATHS) : encoded(cut(values.nasty(), 2000));
    }

    /** Ids of different things have different names here. */
    private String of(String name) {
        if (operation.method().equals("delete") && operation.path().endsWith("/{slug}")) {
            return "removable";
        }
        if (name.equals("format")) {
            return "file";
        }
        if (!name.equals("id")) {
            return name;
        }
        return operation.path().contains("/runs/") ? "run" : operation.path().contains("/reports/") ? "report" : "schedule";
    }

    private String query() {
        var query = new ArrayList<String>();
        for (var parameter : document.parameters(operation, "query")) {
            if (values.chance(35)) {
                var name = parameter.get("name").asText();
                var value = values.chance(70) ? values.valid(name, parameter.get("schema")).asText() : cut(values.nasty(), 3000);
                query.add(name + "=" + encoded(value));
                if (values.chance(3)) {
                    query.add(name + "=" + encoded(value));
                }
            }
        }
        while (values.chance(5)) {
            query.add(values.any(List.of(
                    "x=1", "=", "a[]=1", "limit", "cursor=%00", "%20=%20", "a=b=c", "q=%C3%28", "q=%zz", "limit=%", "%zz=1", "format=csv",
                    "limit=0200")));
        }
        return query.isEmpty() ? "" : "?" + String.join("&", query);
    }

    private void token() {
        var allowed = operation.roles();
        if (values.chance(3)) {
            return;
        }
        var kind = values.chance(80) && !allowed.isEmpty() ? values.any(allowed) : values.any(List.copyOf(tokens.keySet()));
        headers.add("Authorization: " + values.any(tokens.get(kind)));
    }

    private void parametersInHeaders() {
        for (var parameter : document.parameters(operation, "header")) {
            if (values.chance(50)) {
                var name = parameter.get("name").asText();
                var value = values.chance(70) ? values.valid(name, parameter.get("schema")).asText() : cut(values.nasty(), 600);
                headers.add(name + ": " + value.replaceAll("[^\\x20-\\x7e\\x80-\\xff]", "?"));
            }
        }
    }

    private Optional<byte[]> body() {
        var contents = operation.json().path("requestBody").path("content").propertyStream().toList();
        if (contents.isEmpty() || values.chance(2)) {
            return values.chance(90) ? Optional.empty() : Optional.of("{}".getBytes(StandardCharsets.UTF_8));
        }
        var content = values.any(contents);
        if (!values.chance(2)) {
            headers.add("Content-Type: " + (values.chance(95) ? content.getKey() : values.any(FuzzTexts.TYPES)));
        }
        var bytes = switch (content.getKey()) {
            case "application/json" -> json(content.getValue().get("schema"));
            case Uploads.MEDIA_TYPE -> lines(content.getValue().get("schema"));
            default -> values.chance(50) ? LOGO : values.nasty().getBytes(StandardCharsets.UTF_8);
        };
        var torn = values.chance(8) ? values.torn(bytes) : bytes;
        return Optional.of(values.chance(1) ? gzip(torn) : large(torn));
    }

    private byte[] json(JsonNode schema) {
        var body = values.valid("", schema);
        while (values.chance(30)) {
            body = values.careless(body);
        }
        return FuzzValues.bytes(body);
    }

    private byte[] lines(JsonNode schema) {
        var lines = new ByteArrayOutputStream();
        do {
            lines.writeBytes(json(schema));
            lines.writeBytes(values.any(List.of("\n", "\r\n", "\n\n", "\r", "\n \n")).getBytes(StandardCharsets.US_ASCII));
        } while (values.chance(80));
        return lines.toByteArray();
    }

    /** Makes a few bodies larger than the limit. */
    private byte[] large(byte[] bytes) {
        var pad = values.chance(1) && values.chance(30) ? " ".repeat(1_048_576).getBytes(StandardCharsets.US_ASCII) : new byte[0];
        var both = new ByteArrayOutputStream();
        both.writeBytes(bytes);
        both.writeBytes(pad);
        return both.toByteArray();
    }

    private byte[] gzip(byte[] bytes) {
        headers.add("Content-Encoding: gzip");
        var zipped = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    private JsonNode string() {
        return document.root().at("/components/schemas/Problem/properties/title");
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
