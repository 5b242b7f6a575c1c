package io.weekly.delivery.inbound;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code Weekly-Signature: t=1764543600,v1=5257a869…}: the time in seconds since 1970, and the HMAC-SHA256 of {@code
 * <time>.<body>} in hex. It may have several {@code v1}, of which one must be right.
 */
public final class RequestSignature {

    /** The header. */
    public static final String HEADER = "Weekly-Signature";

    /** How far the clocks of sender and service may differ. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final int MAX_LENGTH = 1000;
    private static final Pattern TIME = Pattern.compile("[0-9]{1,11}");
    private static final Pattern MAC = Pattern.compile("[0-9a-fA-F]{64}");

    private RequestSignature() {}

    /**
     * Whether one of the secrets signed the body, not longer ago than the tolerance. The time that it takes does not depend on the secrets.
     *
     * @param header null if the request has none
     */
    public static boolean isValid(@Nullable String header, byte[] body, List<String> secrets, Instant now) {
        if (header == null || header.length() > MAX_LENGTH) {
            return false;
        }
        String time = null;
        var macs = new ArrayList<byte[]>();
        for (var part : header.split(",", -1)) {
            var name = part.strip().split("=", 2);
            if (name.length == 2 && name[0].equals("t") && TIME.matcher(name[1]).matches()) {
                time = name[1];
            } else if (name.length == 2 && name[0].equals("v1") && MAC.matcher(name[1]).matches()) {
                macs.add(HexFormat.of().parseHex(name[1]));
            }
        }
        return time != null && isNear(Instant.ofEpochSecond(Long.parseLong(time)), now) && isSigned(time, body, secrets, macs);
    }

    private static boolean isNear(Instant time, Instant now) {
        return Duration.between(time, now).abs().compareTo(TOLERANCE) <= 0;
    }

    private static boolean isSigned(String time, byte[] body, List<String> secrets, List<byte[]> macs) {
        var isSigned = false;
        for (var secret : secrets) {
            var right = mac(secret, time, body);
            for (var mac : macs) {
                isSigned |= MessageDigest.isEqual(right, mac);
            }
        }
        return isSigned;
    }

    /** The HMAC-SHA256 of the time, a full stop and the body. */
    static byte[] mac(String secret, String time, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
            return mac.doFinal(body);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256, which takes any key that is not empty", e);
        }
    }
}
