package io.weekly.api;

import static io.restassured.RestAssured.given;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A platform that signs with ES256; nothing but the key is set. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(value = EllipticKeyTest.Key.class, restrictToAnnotatedClass = true)
@TestProfile(HandDriven.class)
class EllipticKeyTest {

    private static final String PRIVATE = "weekly.testing.elliptic";

    @Test
    void aTokenSignedWithAnEllipticCurveIsTaken() throws GeneralSecurityException {
        var encoded = Base64.getDecoder().decode(System.getProperty(PRIVATE));
        var key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));

        given().auth().oauth2(token(key)).get("/api/v1/tenants").then().statusCode(200);
        given().auth().oauth2(TestTokens.operator()).get("/api/v1/tenants").then().statusCode(401);
    }

    private static String token(PrivateKey key) {
        return Jwt.issuer("weekly-reports").audience("weekly-reports").subject("operator").groups("operator").expiresIn(60)
                .jws().algorithm(SignatureAlgorithm.ES256).sign(key);
    }

    /** Gives the application the public half of a new key. */
    public static final class Key implements QuarkusTestResourceLifecycleManager {

        private Path file;

        @Override
        public Map<String, String> start() {
            try {
                var generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec("secp256r1"));
                var pair = generator.generateKeyPair();
                System.setProperty(PRIVATE, Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
                file = Files.createTempFile("elliptic", ".pem");
                Files.writeString(file, "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded()) + "\n-----END PUBLIC KEY-----\n");
                return Map.of("mp.jwt.verify.publickey.location", file.toUri().toString());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java platform has P-256", e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** After {@link TestServers}, which has a key of its own. */
        @Override
        public int order() {
            return 1;
        }

        @Override
        public void stop() {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
