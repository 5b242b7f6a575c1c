package io.weekly.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {

    private static final WebhookSecret PUBLISHED = WebhookSecret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    /** From the specification and libraries of Standard Webhooks. */
    @Test
    void thePublishedExampleHasThePublishedSignature() {
        assertThat(Signature.header(List.of(PUBLISHED), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, BODY))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void twoSecretsGiveTwoSignaturesWithABlankBetweenThem() {
        var other = WebhookSecret.random(new SecureRandom());

        var header = Signature.header(List.of(other, PUBLISHED), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, BODY);

        assertThat(List.of(header.split(" "))).hasSize(2).allMatch(one -> one.startsWith("v1,"))
                .last().isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void aNewSecretHas32Bytes() {
        var secret = WebhookSecret.random(new SecureRandom());

        assertThat(secret.isValid()).isTrue();
        assertThat(secret.key().orElseThrow()).hasSize(32);
        assertThat(secret).hasToString("a secret");
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 32, 64})
    void aSecretMayHave24To64Bytes(int bytes) {
        assertThat(secret(bytes).isValid()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 23, 65, 80})
    void aSecretOfAnotherLengthIsInvalid(int bytes) {
        assertThat(secret(bytes).isValid()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "WHSEC_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa-_", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw=", " whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
    void aTextOfAnotherFormIsNoSecret(String text) {
        assertThat(WebhookSecret.of(text).isValid()).isFalse();
    }

    /** 32 bytes have 44 characters in Base64, with one of padding. */
    @Test
    void aSecretWithoutItsPaddingIsNotTakenButStillSigns() {
        var stored = WebhookSecret.of(secret(32).reveal().replace("=", ""));

        assertThat(secret(32).isValid()).isTrue();
        assertThat(stored.isValid()).isFalse();
        assertThat(stored.key()).hasValueSatisfying(key -> assertThat(key).hasSize(32));
    }

    private static WebhookSecret secret(int bytes) {
        return WebhookSecret.of("whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]));
    }
}
