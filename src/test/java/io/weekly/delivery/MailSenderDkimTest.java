package io.weekly.delivery;

import static io.weekly.testing.World.get;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.weekly.testing.TestMail;
import io.weekly.testing.TestServers;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** A mail as a mail server gets it verifies, with the default list of signed headers. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(MailSenderDkimTest.Signing.class)
class MailSenderDkimTest {

    public static final class Signing implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.mailer.dkim.enabled", "true",
                    "quarkus.mailer.dkim.sdid", "acme.test",
                    "quarkus.mailer.dkim.selector", "weekly",
                    "quarkus.mailer.dkim.private-key", privateKey(),
                    "weekly.delivery.from", "Müller Reports <reports@acme.test>");
        }

        private static String privateKey() {
            try {
                var keys = KeyPairGenerator.getInstance("RSA");
                keys.initialize(2048);
                return Base64.getEncoder().encodeToString(keys.generateKeyPair().getPrivate().getEncoded());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Inject
    MailSender sender;

    @ConfigProperty(name = "quarkus.mailer.dkim.private-key")
    String privateKey;

    @Test
    void aReportMailIsSignedWithAllHeadersThatMatter() throws Exception {
        var raw = sent("Zahlen 💶 der Woche 47 " + "und noch mehr ".repeat(10), "<p>Größe  \t 1</p>\n\n", true);

        var signature = DkimVerifier.of(raw);
        assertThat(signature.tag("c")).isEqualTo("relaxed/relaxed");
        assertThat(signature.tag("d")).isEqualTo("acme.test");
        assertThat(signature.signedHeaders()).contains(
                "from", "to", "subject", "date", "message-id", "list-unsubscribe", "list-unsubscribe-post", "reply-to", "feedback-id");
        assertThat(signature.hasSignedBody()).isTrue();
        assertThat(signature.hasSignedHeaders(publicKey())).isTrue();
    }

    @Test
    void aLetterOfPlainTextIsSignedToo() throws Exception {
        var signature = DkimVerifier.of(sent("Your run is late", null, false));

        assertThat(signature.hasSignedBody()).isTrue();
        assertThat(signature.hasSignedHeaders(publicKey())).isTrue();
    }

    @Test
    void aChangedHeaderOrBodyOrASecondSenderDoesNotVerify() throws Exception {
        var message = new String(sent("Subject", "<p>Text</p>", true), ISO_8859_1);

        assertThat(verifies(message.replace("/unsubscribe/1", "/unsubscribe/2"))).isFalse();
        assertThat(verifies(message.replace("One-Click", "Two-Click"))).isFalse();
        assertThat(verifies("From: evil@acme.test\r\n" + message)).isFalse();
        assertThat(DkimVerifier.of(message.replace("<p>", "<q>").getBytes(ISO_8859_1)).hasSignedBody()).isFalse();
    }

    private boolean verifies(String message) throws GeneralSecurityException {
        return DkimVerifier.of(message.getBytes(ISO_8859_1)).hasSignedHeaders(publicKey());
    }

    private byte[] sent(String subject, String html, boolean full) throws Exception {
        var address = "ann@" + UUID.randomUUID() + ".test";
        var bytes = new byte[20_000];
        new Random(1).nextBytes(bytes);
        var mail = full
                ? new OutgoingMail(
                        address, "Kaffeerösterei Müller", "answers@acme.test", messageId(), subject, html, "Text \t \n\n\n",
                        List.of(new OutgoingMail.Attachment("größe.pdf", "application/pdf", bytes)),
                        List.of(new OutgoingMail.Image("logo@weekly-reports", "image/png", bytes)))
                : new OutgoingMail(address, null, null, messageId(), subject, null, "Text\n.\nwith a dot", List.of());
        get(sender.handOver(mail.with("List-Unsubscribe", "<https://acme.test/unsubscribe/1>")
                .with("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
                .with(FeedbackId.HEADER, FeedbackId.of("weekly-business", "acme", FeedbackId.Type.REPORT))));
        return TestMail.rawTo(address);
    }

    private static String messageId() {
        return "<" + UUID.randomUUID() + "@acme.test>";
    }

    private PublicKey publicKey() throws GeneralSecurityException {
        var keys = KeyFactory.getInstance("RSA");
        var key = (RSAPrivateCrtKey) keys.generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(privateKey)));
        return keys.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
    }
}
