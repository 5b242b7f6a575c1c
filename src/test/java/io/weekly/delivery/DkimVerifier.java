package io.weekly.delivery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Verifies the DKIM signature of a raw message by RFC 6376, with rsa-sha256 and relaxed canonicalization. It shares no code with the mail
 * client, which signs.
 */
final class DkimVerifier {

    private final List<String> headers;
    private final String body;
    private final Map<String, String> tags;

    private DkimVerifier(String message) {
        var end = message.indexOf("\r\n\r\n");
        this.headers = List.of(message.substring(0, end).split("\r\n(?![ \t])"));
        this.body = message.substring(end + 4);
        this.tags = tags(signature());
    }

    static DkimVerifier of(byte[] raw) {
        return new DkimVerifier(new String(raw, ISO_8859_1).replace("\r\n", "\n").replace("\n", "\r\n"));
    }

    /** The tags of the signature by name; those of h= in lower case. */
    List<String> signedHeaders() {
        return Arrays.stream(tags.get("h").split(":")).map(name -> name.strip().toLowerCase(Locale.ROOT)).toList();
    }

    String tag(String name) {
        return tags.get(name);
    }

    private String signature() {
        return headers.stream().filter(header -> name(header).equals("dkim-signature")).findFirst().orElseThrow();
    }

    private static Map<String, String> tags(String header) {
        var tags = new LinkedHashMap<String, String>();
        for (var tag : header.substring(header.indexOf(':') + 1).split(";")) {
            var parts = tag.split("=", 2);
            if (parts.length == 2) {
                tags.put(parts[0].strip(), parts[1].replaceAll("[ \t\r\n]+", ""));
            }
        }
        return tags;
    }

    /** Whether the body is the one that was signed (section 3.7). */
    boolean hasSignedBody() throws GeneralSecurityException {
        var hash = MessageDigest.getInstance("SHA-256").digest(relaxedBody().getBytes(ISO_8859_1));
        return tags.get("bh").equals(Base64.getEncoder().encodeToString(hash));
    }

    private String relaxedBody() {
        var text = new StringBuilder();
        for (var line : body.split("\r\n", -1)) {
            text.append(line.replaceAll("[ \t]+", " ").replaceAll(" $", "")).append("\r\n");
        }
        return text.toString().replaceAll("(\r\n)+$", "") + (body.isBlank() ? "" : "\r\n");
    }

    /** Whether the headers are those that were signed (sections 3.7 and 5.4.2). */
    boolean hasSignedHeaders(PublicKey key) throws GeneralSecurityException {
        var left = new ArrayList<>(headers);
        var signed = new StringBuilder();
        for (var name : signedHeaders()) {
            left.reversed().stream().filter(header -> name(header).equals(name)).findFirst().ifPresent(header -> {
                left.remove(left.lastIndexOf(header));
                signed.append(relaxed(header)).append("\r\n");
            });
        }
        signed.append(relaxed(signature().replaceAll("([; \t]b=)[^;]*", "$1")));
        var verifier = Signature.getInstance("SHA256withRSA");
        verifier.initVerify(key);
        verifier.update(signed.toString().getBytes(ISO_8859_1));
        return verifier.verify(Base64.getDecoder().decode(tags.get("b")));
    }

    private static String relaxed(String header) {
        var value = header.substring(header.indexOf(':') + 1).replace("\r\n", "").replaceAll("[ \t]+", " ").strip();
        return name(header) + ":" + value;
    }

    private static String name(String header) {
        return header.substring(0, header.indexOf(':')).strip().toLowerCase(Locale.ROOT);
    }
}
