package io.weekly.delivery.suppression;

import io.weekly.keys.KeyPurpose;
import io.weekly.keys.Keyring;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Makes and checks the tokens of unsubscribe addresses: {@code 1.<key id>.<tenant and report>.<MAC>}. The 1 is the version. The MAC is an
 * HMAC-SHA256 over the text before it, as Base64 without padding (RFC 4648, section 5). A token does not expire: it works as long as its
 * key is configured.
 */
@ApplicationScoped
public class UnsubscribeTokens {

    private static final String VERSION = "1";
    private static final int TENANT_DIGITS = 8;
    private static final Pattern FORM = Pattern.compile("1\\.([A-Za-z0-9_-]{1,32})\\.([0-9a-f]{8})([0-9a-f]{32})\\.[A-Za-z0-9_-]{43}");

    private final Keyring keyring;

    UnsubscribeTokens(Keyring keyring) {
        this.keyring = keyring;
    }

    /** The token of the mail of a report, signed with the current key; empty if no key is configured. */
    public Optional<String> token(int tenantId, String reportId) {
        var names = HexFormat.of().toHexDigits(tenantId, TENANT_DIGITS) + reportId;
        return keyring.current().flatMap(id -> keyring.find(id, KeyPurpose.UNSUBSCRIBE).map(key -> token(key, id, names)));
    }

    private static String token(SecretKey key, String keyId, String names) {
        var signed = VERSION + "." + keyId + "." + names;
        try {
            var mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            var signature = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HMAC-SHA256", e);
        }
    }

    /** What a token with a valid MAC says. */
    public record Signed(int tenantId, String reportId) {}

    /**
     * The content of a token. Empty if its form or its MAC is wrong, or if its key is not configured any more. The texts are compared and
     * not the decoded bytes, as for links: the last character of the Base64 has two bits that decode to nothing.
     */
    public Optional<Signed> verify(String token) {
        var form = FORM.matcher(token);
        if (!form.matches()) {
            return Optional.empty();
        }
        var keyId = form.group(1);
        return keyring.find(keyId, KeyPurpose.UNSUBSCRIBE)
                .map(key -> token(key, keyId, form.group(2) + form.group(3)))
                .filter(expected -> MessageDigest.isEqual(ascii(expected), ascii(token)))
                .map(_ -> new Signed(HexFormat.fromHexDigits(form.group(2)), form.group(3)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
