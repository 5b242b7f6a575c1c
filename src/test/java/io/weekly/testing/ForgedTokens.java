package io.weekly.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weekly.dev.DevKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/**
 * Tokens that claim to be of a certain caller and prove nothing: the attacks of RFC 8725, section 2, and tokens of the platform that are
 * not valid here. An attacker's server offers the foreign keys, and counts whether anybody fetches them.
 */
public final class ForgedTokens implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String RS256 = "RS256";

    private final PublicJsonWebKey foreign = Issuer.key("foreign");
    private final Issuer attacker;
    private final DevKeys platform = TestTokens.keys();

    public ForgedTokens() {
        try {
            attacker = new Issuer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        attacker.publishes(foreign);
    }

    /** The claims of a token as the platform makes it. */
    public static Map<String, Object> claims(String user, Optional<String> tenant, String role) {
        var claims = new HashMap<String, Object>(Map.of(
                "iss", DevKeys.ISSUER, "aud", DevKeys.AUDIENCE, "sub", user, "groups", List.of(role),
                "iat", Instant.now().getEpochSecond(), "exp", in(Duration.ofHours(1))));
        tenant.ifPresent(slug -> claims.put("tenant_id", slug));
        return claims;
    }

    private static long in(Duration time) {
        return Instant.now().plus(time).getEpochSecond();
    }

    /** The claims with another value of one; without it if the value is null. */
    public static Map<String, Object> with(Map<String, Object> claims, String name, Object value) {
        var changed = new HashMap<>(claims);
        changed.put(name, value);
        changed.values().removeIf(it -> it == null);
        return changed;
    }

    /** A token of the platform with these claims, whatever they say. */
    public String signed(Map<String, Object> claims) {
        return sign(claims, platform.signingKey(), RS256, Map.of());
    }

    /** Values of the header Authorization by the name of the attack; empty for a request without the header. */
    public Map<String, Optional<String>> authorizations(Map<String, Object> claims) {
        var tokens = new LinkedHashMap<String, Optional<String>>();
        tokens.put("no token", Optional.empty());
        tokens.put("an empty token", Optional.of("Bearer "));
        tokens.put("basic", Optional.of("Basic b3BlcmF0b3I6b3BlcmF0b3I="));
        tokens.put("a token of another scheme", Optional.of("Token " + signed(claims)));
        forged(claims).forEach((name, token) -> tokens.put(name, Optional.of("Bearer " + token)));
        notValidHere(claims).forEach((name, token) -> tokens.put(name, Optional.of("Bearer " + token)));
        return tokens;
    }

    private Map<String, String> forged(Map<String, Object> claims) {
        var tokens = new LinkedHashMap<String, String>();
        var valid = signed(claims).split("\\.");
        tokens.put("garbage", "garbage");
        tokens.put("garbage in three parts", "x.y.z");
        tokens.put("alg none", unsigned("none", claims));
        tokens.put("alg nOnE", unsigned("nOnE", claims));
        tokens.put("no signature", "%s.%s.".formatted(valid[0], valid[1]));
        tokens.put("the signature of other claims", "%s.%s.%s".formatted(valid[0], base64(json(with(claims, "sub", "root"))), valid[2]));
        tokens.put("HS256 with the file of the public key", sign(claims, new HmacKey(publicPem()), "HS256", Map.of()));
        tokens.put("HS256 with the bytes of the public key", sign(claims, new HmacKey(publicBytes()), "HS256", Map.of()));
        tokens.put("HS256 and a kid that is a path", sign(claims, new HmacKey(new byte[1]), "HS256", Map.of("kid", "../../../dev/null")));
        tokens.put("a foreign key", foreign(claims, Map.of()));
        tokens.put("an unknown kid", foreign(claims, Map.of("kid", "unknown")));
        tokens.put("jwk", foreign(claims, Map.of("jwk", foreign.toParams(OutputControlLevel.PUBLIC_ONLY))));
        tokens.put("jku", foreign(claims, Map.of("jku", attacker.address(), "kid", "foreign")));
        tokens.put("x5u", foreign(claims, Map.of("x5u", attacker.address(), "kid", "foreign")));
        tokens.put("another algorithm of the same key", sign(claims, platform.signingKey(), "RS512", Map.of()));
        return tokens;
    }

    private Map<String, String> notValidHere(Map<String, Object> claims) {
        var tokens = new LinkedHashMap<String, String>();
        tokens.put("expired", signed(with(claims, "exp", in(Duration.ofHours(-1)))));
        tokens.put("no exp", signed(with(claims, "exp", null)));
        tokens.put("not valid yet", signed(with(claims, "nbf", in(Duration.ofMinutes(30)))));
        tokens.put("a wrong issuer", signed(with(claims, "iss", "https://other.example.com")));
        tokens.put("no issuer", signed(with(claims, "iss", null)));
        tokens.put("a wrong audience", signed(with(claims, "aud", "other-service")));
        tokens.put("no user", signed(with(claims, "sub", null)));
        tokens.put("no audience", signed(with(claims, "aud", null)));
        return tokens;
    }

    private String foreign(Map<String, Object> claims, Map<String, Object> headers) {
        return sign(claims, foreign.getPrivateKey(), RS256, headers);
    }

    private static String sign(Map<String, Object> claims, Key key, String algorithm, Map<String, Object> headers) {
        var token = new JsonWebSignature();
        token.setPayload(json(claims));
        token.setAlgorithmHeaderValue(algorithm);
        headers.forEach(token.getHeaders()::setObjectHeaderValue);
        token.setKey(key);
        token.setDoKeyValidation(false);
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    private static String unsigned(String algorithm, Map<String, Object> claims) {
        return "%s.%s.".formatted(base64(json(Map.of("alg", algorithm, "typ", "JWT"))), base64(json(claims)));
    }

    private byte[] publicPem() {
        try {
            return Files.readAllBytes(platform.publicKey());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] publicBytes() {
        return Base64.getMimeDecoder().decode(new String(publicPem(), StandardCharsets.US_ASCII).replaceAll("-----[A-Z ]+-----", ""));
    }

    private static String json(Map<String, Object> values) {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static String base64(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** How often somebody fetched a key from the address that a token named. */
    public int fetches() {
        return attacker.requests();
    }

    @Override
    public void close() {
        attacker.close();
    }
}
