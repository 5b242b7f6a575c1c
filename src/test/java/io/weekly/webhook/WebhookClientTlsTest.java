package io.weekly.webhook;

import static io.weekly.testing.World.get;
import static io.weekly.webhook.TestClients.MESSAGE;
import static io.weekly.webhook.TestClients.address;
import static io.weekly.webhook.TestClients.client;
import static io.weekly.webhook.TestClients.endpoint;
import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemTrustOptions;
import io.weekly.testing.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookClientTlsTest {

    /** The certificate is for 127.0.0.1 and for no name. */
    @Test
    void theCertificateMustBeOneForTheNameAndOfATrustedAuthority(@TempDir Path folder) throws Exception {
        var certificates = TestCertificates.in(folder);
        var socket = tls(certificates).getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        HostResolver resolver = _ -> Uni.createFrom().item(List.of(address("127.0.0.1")));
        try (var receiver = Receiver.with(socket, Receiver.answering(_ -> "200 OK"))) {
            var trusting = client(trust(certificates.authority()), resolver);

            assertThat(get(trusting.send(endpoint("https://127.0.0.1:%d/".formatted(receiver.port())), MESSAGE)))
                    .isEqualTo(new Answer.Received(200));
            assertThat(get(trusting.send(endpoint("https://hooks.example.test:%d/".formatted(receiver.port())), MESSAGE)))
                    .isInstanceOfSatisfying(Answer.Failed.class, failed -> assertThat(failed.text()).startsWith("no TLS connection"));
            assertThat(get(client(trust(certificates.otherAuthority()), resolver)
                            .send(endpoint("https://127.0.0.1:%d/".formatted(receiver.port())), MESSAGE)))
                    .isInstanceOfSatisfying(Answer.Failed.class, failed -> assertThat(failed.text()).startsWith("no TLS connection"));
            assertThat(receiver.received()).hasSize(1);
        }
    }

    private static HttpClientOptions trust(Path authority) {
        return new HttpClientOptions().setTrustOptions(new PemTrustOptions().addCertPath(authority.toString()));
    }

    private static SSLContext tls(TestCertificates certificates) throws GeneralSecurityException, IOException {
        Certificate certificate;
        try (var file = Files.newInputStream(certificates.server())) {
            certificate = CertificateFactory.getInstance("X.509").generateCertificate(file);
        }
        var pem = Files.readString(certificates.serverKey()).replaceAll("-----[A-Z ]+-----|\\s", "");
        var key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", key, new char[0], new Certificate[] {certificate});
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
