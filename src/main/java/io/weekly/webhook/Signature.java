package io.weekly.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The header {@code webhook-signature} of Standard Webhooks: {@code v1,<Base64 of HMAC-SHA256 over id.timestamp.body>}. */
final class Signature {

    private Signature() {}

    /**
     * The signatures with each of the secrets, separated by blanks.
     *
     * @param timestamp in seconds since 1970
     */
    static String header(List<WebhookSecret> secrets, String id, long timestamp, byte[] body) {
        return secrets.stream().map(secret -> "v1," + sign(secret, id, timestamp, body)).collect(Collectors.joining(" "));
    }

    private static String sign(WebhookSecret secret, String id, long timestamp, byte[] body) {
        var key = secret.key().orElseThrow(() -> new IllegalStateException("the stored secret of a webhook has not the form of one"));
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update("%s.%d.".formatted(id, timestamp).getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HMAC", e);
        }
    }
}
