package io.weekly.access;

import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** The public keys of a JSON Web Key Set (RFC 7517). */
final class KeySet {

    private final String text;
    private final List<VerificationKey> keys;

    private KeySet(String text, List<VerificationKey> keys) {
        this.text = text;
        this.keys = keys;
    }

    /** @param context checks tokens with this key alone */
    private record VerificationKey(PublicJsonWebKey key, JWTAuthContextInfo context) {}

    /**
     * The public keys for signatures. Secret keys and keys of an unknown kind are left out. Fails if no key is left: an issuer without keys
     * is at fault, and must not replace the known keys.
     *
     * @param settings the other rules for tokens, such as the issuer
     */
    static KeySet parse(String text, JWTAuthContextInfo settings) throws JoseException {
        var keys = new JsonWebKeySet(text).getJsonWebKeys().stream()
                .filter(PublicJsonWebKey.class::isInstance)
                .map(PublicJsonWebKey.class::cast)
                .filter(KeySet::isForSignatures)
                .map(key -> new VerificationKey(key, context(key, settings)))
                .toList();
        if (keys.isEmpty()) {
            throw new JoseException("it has no public key for signatures");
        }
        return new KeySet(text, keys);
    }

    private static boolean isForSignatures(JsonWebKey key) {
        return key.getUse() == null || key.getUse().equals("sig");
    }

    private static JWTAuthContextInfo context(PublicJsonWebKey key, JWTAuthContextInfo settings) {
        var context = new JWTAuthContextInfo(settings);
        context.setPublicKeyLocation(null);
        context.setPublicVerificationKey(key.getPublicKey());
        return context;
    }

    /** Whether the set was read from the same text. */
    boolean isOf(String other) {
        return text.equals(other);
    }

    /**
     * The rules for a token, with the key that its header names. A token without a key id is checked with the only key of its kind. Empty
     * if there is no such key.
     */
    Optional<JWTAuthContextInfo> find(@Nullable String id, String algorithm) {
        var found = keys.stream()
                .filter(known -> id == null || id.equals(known.key().getKeyId()))
                .filter(known -> isFor(known.key(), algorithm))
                .toList();
        return id == null && found.size() > 1 ? Optional.empty() : found.stream().findFirst().map(VerificationKey::context);
    }

    private static boolean isFor(JsonWebKey key, String algorithm) {
        return key.getAlgorithm() == null ? key.getKeyType().startsWith(kind(algorithm)) : key.getAlgorithm().equals(algorithm);
    }

    /** The first letter of the key type: elliptic curves sign ES256, ES384 and so on. The library checks the algorithm itself. */
    private static String kind(String algorithm) {
        return algorithm.startsWith("ES") ? "E" : "R";
    }
}
