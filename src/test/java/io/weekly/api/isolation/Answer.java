package io.weekly.api.isolation;

import java.net.URLDecoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * The answer to one request.
 *
 * @param text the body, without the path of the request, which each problem repeats in {@code instance}
 */
record Answer(int status, String text, HttpHeaders headers) {

    /** @param target the path of the request, with its query */
    static Answer of(HttpResponse<String> response, String target) {
        var path = target.replaceFirst("\\?.*", "");
        var text = response.body().replace(path, "").replace(URLDecoder.decode(path, StandardCharsets.UTF_8), "");
        return new Answer(response.statusCode(), text, response.headers());
    }

    /** Those of these texts that are in the body or in a header, whose name is added. */
    List<String> found(Collection<String> markers) {
        return markers.stream().flatMap(marker -> text.contains(marker) ? Stream.of(marker) : inHeaders(marker)).toList();
    }

    private Stream<String> inHeaders(String marker) {
        return headers.map().entrySet().stream()
                .filter(header -> header.getValue().stream().anyMatch(value -> value.contains(marker)))
                .map(header -> "%s in the header %s".formatted(marker, header.getKey()));
    }

    /** Empty if there is no such header. */
    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** Whether somebody who gets both answers cannot tell the difference. */
    boolean looksLike(Answer other) {
        return status == other.status && text.equals(other.text) && headers.map().keySet().equals(other.headers.map().keySet());
    }
}
