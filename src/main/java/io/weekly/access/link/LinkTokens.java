package io.weekly.access.link;

import io.weekly.keys.KeyPurpose;
import io.weekly.keys.Keyring;
import io.weekly.keys.MissingKeyException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Makes and checks the tokens of links: {@code 1.<key id>.<link id>.<MAC>}. The 1 is the version. The MAC is an HMAC-SHA256 over the text
 * before it, as Base64 without padding (RFC 4648, section 5). The same link always has the same token, so tokens are not stored.
 */
@ApplicationScoped
class LinkTokens {

    private static final String VERSION = "1";
    private static final Pattern FORM = Pattern.compile("1\\.([A-Za-z0-9_-]{1,32})\\.([0-9a-f]{32})\\.[A-Za-z0-9_-]{43}");

    private final Keyring keyring;

    LinkTokens(Keyring keyring) {
        this.keyring = keyring;
    }

    /** The id of the key for new links. Empty if no key is configured. */
    Optional<String> currentKey() {
        return keyring.current();
    }

    /**
     * The token of a link.
     *
     * @throws MissingKeyException if the key is not configured any more
     */
    String token(String keyId, String linkId) {
        var key = keyring.find(keyId, KeyPurpose.LINK).orElseThrow(
                () -> new MissingKeyException(keyId, "the link %s was signed".formatted(linkId)));
        return token(key, keyId, linkId);
    }

    private static String token(SecretKey key, String keyId, String linkId) {
        var signed = VERSION + "." + keyId + "." + linkId;
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
    record Signed(String keyId, String linkId) {}

    /**
     * The content of a token. Empty if its form or its MAC is wrong. The texts are compared and not the decoded bytes: the last character
     * of the Base64 has two bits that decode to nothing, so another token could decode to the same bytes.
     */
    Optional<Signed> verify(String token) {
        var form = FORM.matcher(token);
        if (!form.matches()) {
            return Optional.empty();
        }
        var keyId = form.group(1);
        var linkId = form.group(2);
        return keyring.find(keyId, KeyPurpose.LINK)
                .map(key -> token(key, keyId, linkId))
                .filter(expected -> MessageDigest.isEqual(ascii(expected), ascii(token)))
                .map(_ -> new Signed(keyId, linkId));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
