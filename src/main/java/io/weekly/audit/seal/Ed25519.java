package io.weekly.audit.seal;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Ed25519 (RFC 8032) with keys of 32 bytes, as the RFC writes them. */
final class Ed25519 {

    static final int KEY_BYTES = 32;
    private static final String NAME = "Ed25519";
    /** What stands before the 32 bytes in an X.509 public key (RFC 8410, section 4). */
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519() {}

    static PrivateKey privateKey(byte[] seed) {
        try {
            return KeyFactory.getInstance(NAME).generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no Ed25519", e);
        }
    }

    /**
     * The 32 bytes of the public key. The JDK computes it from the seed only when it makes a new key. So it makes one, from "random" bytes
     * that are the seed.
     */
    static byte[] publicKey(byte[] seed) {
        try {
            var generator = KeyPairGenerator.getInstance(NAME);
            generator.initialize(NamedParameterSpec.ED25519, new Given(seed));
            var encoded = generator.generateKeyPair().getPublic().getEncoded();
            return Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no Ed25519", e);
        }
    }

    /** Returns the seed once, and nothing else. */
    @SuppressWarnings("serial")
    private static final class Given extends SecureRandom {
        private final byte[] seed;

        Given(byte[] seed) {
            super(null, null);
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != seed.length) {
                throw new IllegalStateException("this JDK makes an Ed25519 key from %d bytes instead of 32".formatted(bytes.length));
            }
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }

    /**
     * The public key of 32 bytes.
     *
     * @throws IllegalArgumentException if the bytes are no point of the curve
     */
    static PublicKey publicKeyOf(byte[] key) {
        var encoded = Arrays.copyOf(X509, X509.length + KEY_BYTES);
        System.arraycopy(key, 0, encoded, X509.length, KEY_BYTES);
        try {
            return KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("these 32 bytes are no Ed25519 public key", e);
        }
    }

    static byte[] sign(PrivateKey key, byte[] message) {
        try {
            var signature = Signature.getInstance(NAME);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an Ed25519 key cannot sign", e);
        }
    }

    static boolean verify(PublicKey key, byte[] message, byte[] signature) {
        try {
            var verifier = Signature.getInstance(NAME);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException _) {
            // The signature has another length or is not encoded as one: it is wrong.
            return false;
        } catch (InvalidKeyException e) {
            // Bytes that are no point of the curve are only noticed here.
            throw new IllegalArgumentException("not an Ed25519 public key", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no Ed25519", e);
        }
    }
}
