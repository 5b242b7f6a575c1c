package io.weekly.api.isolation;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;

/** Sends requests with the plain client of the JDK. The matrix sends thousands, and RestAssured takes several times as long for each. */
final class Http {

    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Http() {}

    static Answer get(String path, Optional<String> authorization) {
        return send("GET", path, authorization, Map.of(), "");
    }

    /** @throws AssertionError if the status is another one */
    static Answer post(String path, Optional<String> authorization, String json, int status) {
        var answer = send("POST", path, authorization, Map.of("Content-Type", "application/json"), json);
        if (answer.status() != status) {
            throw new AssertionError("POST %s answered %d: %s".formatted(path, answer.status(), answer.text()));
        }
        return answer;
    }

    /**
     * @param path with the query
     * @param authorization the header; empty for a request without it
     */
    static Answer send(String method, String path, Optional<String> authorization, Map<String, String> headers, String body) {
        var request = HttpRequest.newBuilder(URI.create("%s:%d%s".formatted(RestAssured.baseURI, RestAssured.port, path)));
        headers.forEach(request::header);
        authorization.ifPresent(value -> request.header("Authorization", value));
        var content = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        try {
            return Answer.of(CLIENT.send(request.method(method, content).build(), BodyHandlers.ofString()), path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
