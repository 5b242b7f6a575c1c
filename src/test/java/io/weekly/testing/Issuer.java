package io.weekly.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;

/** A token issuer with a key set at an address of this machine. It counts its requests. A PUT sets what it answers. */
public final class Issuer implements AutoCloseable {

    public static final String NAME = "platform";

    private final HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int status = 200;
    private volatile String answer = "";

    public Issuer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            if (exchange.getRequestMethod().equals("PUT")) {
                var keys = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                answers(keys.isEmpty() ? 503 : 200, keys);
                exchange.sendResponseHeaders(204, -1);
            } else {
                requests.incrementAndGet();
                answer(exchange);
            }
            exchange.close();
        });
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var bytes = answer.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    public String address() {
        return "http://%s:%d/keys".formatted(server.getAddress().getAddress().getHostAddress(), server.getAddress().getPort());
    }

    public int requests() {
        return requests.get();
    }

    public void answers(int newStatus, String newAnswer) {
        status = newStatus;
        answer = newAnswer;
    }

    public void publishes(PublicJsonWebKey... keys) {
        answers(200, keySet(keys));
    }

    public static String keySet(PublicJsonWebKey... keys) {
        return Arrays.stream(keys)
                .map(key -> key.toJson(OutputControlLevel.PUBLIC_ONLY))
                .collect(Collectors.joining(",", "{\"keys\": [", "]}"));
    }

    public static PublicJsonWebKey key(String id) {
        try {
            var key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(id);
            return key;
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    public static String token(PublicJsonWebKey key, String user) {
        return Jwt.issuer(NAME).subject(user).expiresIn(3600).jws().keyId(key.getKeyId()).sign(key.getPrivateKey());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
