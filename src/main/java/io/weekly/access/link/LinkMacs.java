package io.weekly.access.link;

import io.weekly.keys.KeyPurpose;
import io.weekly.keys.Keyring;
import io.weekly.keys.MissingKeyException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Makes and checks the MACs of the rows of links. Without it, whoever can write to the database could let a link that they have open the
 * file of somebody else. It is an HMAC-SHA256 over the {@link LinkTerms}, each text with its length before it, as 64 hex digits.
 */
@ApplicationScoped
class LinkMacs {

    private final Keyring keyring;

    LinkMacs(Keyring keyring) {
        this.keyring = keyring;
    }

    /**
     * The MAC of a link.
     *
     * @throws MissingKeyException if the key is not configured any more
     */
    String mac(LinkTerms terms) {
        return mac(terms, keyring.find(terms.keyId(), KeyPurpose.LINK_ROW)
                .orElseThrow(() -> new MissingKeyException(terms.keyId(), "the link " + terms.id() + " was made")));
    }

    /** Whether the service made a link with these terms. False if its key is not configured any more. */
    boolean isGenuine(LinkTerms terms, String mac) {
        return keyring.find(terms.keyId(), KeyPurpose.LINK_ROW)
                .map(key -> MessageDigest.isEqual(
                        mac(terms, key).getBytes(StandardCharsets.US_ASCII), mac.getBytes(StandardCharsets.US_ASCII)))
                .orElse(false);
    }

    private static String mac(LinkTerms terms, SecretKey key) {
        try {
            var mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(bytes(terms)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no HMAC-SHA256", e);
        }
    }

    private static byte[] bytes(LinkTerms terms) {
        var bytes = new ByteArrayOutputStream();
        try (var data = new DataOutputStream(bytes)) {
            data.writeInt(terms.tenantId());
            data.writeUTF(terms.id());
            data.writeUTF(terms.reportId());
            data.writeUTF(terms.format());
            data.writeUTF(terms.keyId());
            data.writeLong(terms.expiresAt().getEpochSecond());
            data.writeInt(terms.expiresAt().getNano());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
