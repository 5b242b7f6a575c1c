package io.weekly.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.config.JWTAuthContextInfoProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.keys.EllipticCurves;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key set may have RSA and EC keys if mp.jwt.verify.publickey.algorithm names both algorithms. Others are refused (RFC 8725). */
class VerifiedTokensAlgorithmsTest {

    @TempDir
    Path folder;

    @Test
    void oneKeySetVerifiesTokensOfBothAlgorithmsAndNoOther() throws Exception {
        var rsa = key(RsaJwkGenerator.generateJwk(2048), "r");
        var elliptic = key(EcJwkGenerator.generateJwk(EllipticCurves.P256), "e");
        var other = key(EcJwkGenerator.generateJwk(EllipticCurves.P384), "o");
        var parser = parser(rsa, elliptic, other);

        assertThat(parser.parse(token(rsa, SignatureAlgorithm.RS256)).getSubject()).isEqualTo("u-1");
        assertThat(parser.parse(token(elliptic, SignatureAlgorithm.ES256)).getSubject()).isEqualTo("u-1");
        assertThatThrownBy(() -> parser.parse(token(other, SignatureAlgorithm.ES384))).isInstanceOf(ParseException.class);
        assertThatThrownBy(() -> parser.parse(token(rsa, SignatureAlgorithm.RS512))).isInstanceOf(ParseException.class);
    }

    private static PublicJsonWebKey key(PublicJsonWebKey key, String id) {
        key.setKeyId(id);
        return key;
    }

    private DefaultJWTParser parser(PublicJsonWebKey... keys) throws IOException {
        var set = Arrays.stream(keys).map(key -> key.toJson(OutputControlLevel.PUBLIC_ONLY)).collect(Collectors.joining(","));
        var file = Files.writeString(folder.resolve("keys.jwks"), "{\"keys\": [" + set + "]}");
        var info = JWTAuthContextInfoProvider.createWithKeyLocation(file.toUri().toString(), "platform").getContextInfo();
        info.setSignatureAlgorithm(Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.ES256));
        return new DefaultJWTParser(info);
    }

    private static String token(PublicJsonWebKey key, SignatureAlgorithm algorithm) {
        return Jwt.issuer("platform").subject("u-1").expiresIn(60).jws()
                .algorithm(algorithm)
                .keyId(key.getKeyId())
                .sign(key.getPrivateKey());
    }
}
