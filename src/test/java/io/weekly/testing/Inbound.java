package io.weekly.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The application with all endpoints for events of mail systems, and requests to them. Mails go to {@link MoodyMailServer}. */
public final class Inbound implements QuarkusTestProfile {

    public static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:ses-events";
    public static final String DSN_SECRET = "the-secret-of-the-pipe-in-tests-0";
    public static final String PREVIOUS_DSN_SECRET = "the-earlier-secret-of-the-pipe-00";
    public static final String GENERIC_SECRET = "the-secret-of-a-program-in-tests0";

    @Override
    public Map<String, String> getConfigOverrides() {
        var settings = new HashMap<>(new MoodyMailServer.Profile().getConfigOverrides());
        settings.put("weekly.inbound.ses.topics", TOPIC + ",arn:aws:sns:eu-west-1:123456789012:other");
        settings.put("weekly.inbound.dsn.secret", DSN_SECRET);
        settings.put("weekly.inbound.dsn.previous-secret", PREVIOUS_DSN_SECRET);
        settings.put("weekly.inbound.generic.secret", GENERIC_SECRET);
        return settings;
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return new MoodyMailServer.Profile().testResources();
    }

    /** Posts a message of a mail system, signed. */
    public static ValidatableResponse dsn(byte[] message) {
        return post("dsn", "message/rfc822", message, signature(DSN_SECRET, message));
    }

    /** Posts events, signed. */
    public static ValidatableResponse events(Object... events) {
        var body = SnsSender.json(Map.of("events", List.of(events))).getBytes(StandardCharsets.UTF_8);
        return post("generic", "application/json", body, signature(GENERIC_SECRET, body));
    }

    /** Posts what Amazon SNS sends. */
    public static ValidatableResponse ses(String body) {
        return post("ses", "text/plain; charset=UTF-8", body.getBytes(StandardCharsets.UTF_8), null);
    }

    public static ValidatableResponse post(String endpoint, String type, byte[] body, String signature) {
        var request = Api.anonymous()
                .config(RestAssuredConfig.config().encoderConfig(
                        EncoderConfig.encoderConfig().encodeContentTypeAs("message/rfc822", ContentType.BINARY)))
                .header("Content-Type", type);
        // The check against the API description reads a body of JSON as text.
        request = type.equals("application/json") ? request.body(new String(body, StandardCharsets.UTF_8)) : request.body(body);
        return (signature == null ? request : request.header("Weekly-Signature", signature)).post("/api/v1/inbound/" + endpoint).then();
    }

    /** The header for this body, as of now. */
    public static String signature(String secret, byte[] body) {
        try {
            var time = Long.toString(Instant.now().getEpochSecond());
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
            return "t=%s,v1=%s".formatted(time, HexFormat.of().formatHex(mac.doFinal(body)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK signs nothing", e);
        }
    }
}
