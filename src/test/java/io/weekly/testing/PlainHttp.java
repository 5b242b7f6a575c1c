package io.weekly.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Requests whose answers come as they were sent. RestAssured asks for gzip, and unpacks it. */
public final class PlainHttp {

    private static final List<String> SAME_FOR_HEAD =
            List.of("ETag", "Retry-After", "Content-Type", "Content-Disposition", "Accept-Ranges", "Cache-Control", "Vary");

    private PlainHttp() {}

    public static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    public static Map<String, String> with(Map<String, String> headers, String name, String value) {
        var more = new HashMap<>(headers);
        more.put(name, value);
        return more;
    }

    public static HttpResponse<byte[]> call(URI server, String method, String path, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(server.resolve(path)).method(method, BodyPublishers.noBody());
        headers.forEach(request::header);
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends GET and HEAD, and checks that HEAD has the same status and headers and no body. Returns the answer to HEAD. */
    public static HttpResponse<byte[]> checkedHead(URI server, String token, String path) {
        var get = call(server, "GET", path, bearer(token));
        var head = call(server, "HEAD", path, bearer(token));
        assertThat(head.statusCode()).isEqualTo(get.statusCode());
        assertThat(head.body()).isEmpty();
        for (var name : SAME_FOR_HEAD) {
            assertThat(head.headers().firstValue(name)).as(name).isEqualTo(get.headers().firstValue(name));
        }
        return head;
    }
}
