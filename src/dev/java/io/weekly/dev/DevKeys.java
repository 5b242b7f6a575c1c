package io.weekly.dev;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** A key pair that signs JWTs like the platform does. It is kept in a folder, so tokens in scripts are still valid after a restart. */
public record DevKeys(Path folder) {
    /** The value of {@code mp.jwt.verify.issuer} in dev mode and tests. */
    public static final String ISSUER = "weekly-reports";
    /** The value of {@code mp.jwt.verify.audiences} in dev mode and tests. */
    public static final String AUDIENCE = "weekly-reports";
    /** How long a token is valid. */
    public static final Duration VALID = Duration.ofHours(12);
    /** The id of the key of {@code weekly.keys.*} in dev mode. */
    static final String ID = "dev";
    private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

    /** The keys in this folder. Creates them if there are none. */
    public static DevKeys in(Path folder) {
        DevKeys keys = new DevKeys(folder);
        if (!Files.exists(keys.publicKey())) {
            keys.make();
        }
        return keys;
    }

    private void make() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            Folders.createPrivate(folder);
            Files.writeString(privateKey(), pem("PRIVATE KEY", pair.getPrivate()));
            Files.writeString(publicKey(), pem("PUBLIC KEY", pair.getPublic()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK cannot make RSA keys", e);
        }
    }

    private static String pem(String kind, Key key) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, PEM.encodeToString(key.getEncoded()));
    }

    private Path privateKey() {
        return folder.resolve("private.pem");
    }

    /** The file with the public key, in PEM format. */
    public Path publicKey() {
        return folder.resolve("public.pem");
    }

    /** The key of the keyring, as {@code weekly.keys.*} expects it. It is kept as long as the database. */
    public String secret() {
        Path file = folder.resolve("secret.key");
        try {
            if (!Files.exists(file)) {
                byte[] key = new byte[32];
                new SecureRandom().nextBytes(key);
                Files.writeString(file, Base64.getEncoder().encodeToString(key));
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A token without a mail address. */
    public String mint(String user, Optional<String> tenant, Set<String> roles, Duration valid) {
        return mint(user, tenant, Optional.empty(), roles, valid);
    }

    /** A token. If {@code valid} is negative, it has expired. */
    public String mint(String user, Optional<String> tenant, Optional<String> email, Set<String> roles, Duration valid) {
        JwtClaimsBuilder claims = Jwt.issuer(ISSUER).audience(AUDIENCE).subject(user).groups(roles).expiresIn(valid);
        tenant.ifPresent(slug -> claims.claim("tenant_id", slug));
        email.ifPresent(address -> claims.claim("email", address));
        return claims.sign(signingKey());
    }

    /** The private key, for tokens that {@link #mint} does not make. */
    public PrivateKey signingKey() {
        try {
            String body = Files.readString(privateKey()).replaceAll("-----[A-Z ]+-----|\\s", "");
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "%s is not an RSA key in PKCS #8 format. Delete %s to get new keys.".formatted(privateKey(), folder), e);
        }
    }
}
