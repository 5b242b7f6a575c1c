package io.weekly.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.weekly.testing.Issuer;
import java.security.PublicKey;
import java.util.Optional;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.OctJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetTest {

    private static final JWTAuthContextInfo SETTINGS = new JWTAuthContextInfo("http://127.0.0.1/keys", "platform");

    private final PublicJsonWebKey rsa = Issuer.key("a");

    @Test
    void aKeyIsFoundByItsIdAndKind() throws JoseException {
        var elliptic = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        elliptic.setKeyId("a");
        var keys = KeySet.parse(Issuer.keySet(rsa, elliptic), SETTINGS);

        assertThat(key(keys, "a", "RS256")).contains(rsa.getPublicKey());
        assertThat(key(keys, "a", "ES256")).contains(elliptic.getPublicKey());
        assertThat(key(keys, null, "ES256")).as("the only one of its kind").contains(elliptic.getPublicKey());
        assertThat(key(keys, "A", "RS256")).isEmpty();
        assertThat(key(keys, "a ", "RS256")).isEmpty();
        assertThat(key(keys, "b", "RS256")).isEmpty();
    }

    @Test
    void aKeyForOneAlgorithmIsNotUsedForAnother() throws JoseException {
        rsa.setAlgorithm("RS512");
        var keys = KeySet.parse(Issuer.keySet(rsa), SETTINGS);

        assertThat(key(keys, "a", "RS512")).contains(rsa.getPublicKey());
        assertThat(key(keys, "a", "RS256")).isEmpty();
    }

    @Test
    void secretKeysAndKeysForEncryptionAreLeftOut() throws JoseException {
        var secret = OctJwkGenerator.generateJwk(256);
        secret.setKeyId("secret");
        var encryption = Issuer.key("encryption");
        encryption.setUse("enc");
        var text = "{\"keys\": [%s, %s, %s]}".formatted(
                secret.toJson(OutputControlLevel.INCLUDE_SYMMETRIC), encryption.toJson(), rsa.toJson());
        var keys = KeySet.parse(text, SETTINGS);

        assertThat(key(keys, "secret", "HS256")).isEmpty();
        assertThat(key(keys, "encryption", "RS256")).isEmpty();
        assertThat(key(keys, null, "RS256")).contains(rsa.getPublicKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "<html>", "[]", "{}", "{\"keys\": []}", "{\"keys\": [{\"kty\": \"unknown\"}]}", "{\"keys\": [{\"kty\": \"RSA\"}]}"})
    void aTextWithoutAKeyIsNoKeySet(String text) {
        assertThatThrownBy(() -> KeySet.parse(text, SETTINGS)).isInstanceOf(JoseException.class);
    }

    private static Optional<PublicKey> key(KeySet keys, @Nullable String id, String algorithm) {
        return keys.find(id, algorithm).map(JWTAuthContextInfo::getPublicVerificationKey);
    }
}
