package io.weekly.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * PEM files of a test: an authority, a server on 127.0.0.1 (and on no other name) whose certificate it signed, and another authority.
 */
public record TestCertificates(Path authority, Path otherAuthority, Path server, Path serverKey) {

    private static final Duration VALID = Duration.ofDays(1);
    private static final X500Principal AUTHORITY = new X500Principal("CN=Authority of a test");
    private static final X500Principal OTHER = new X500Principal("CN=Another authority");
    private static final X500Principal SERVER = new X500Principal("CN=Database of a test");

    /** Writes the files into this folder. */
    public static TestCertificates in(Path folder) {
        try {
            var authority = pair();
            var server = pair();
            return new TestCertificates(
                    write(folder, "authority.pem", "CERTIFICATE", certificate(AUTHORITY, authority, AUTHORITY, authority)),
                    selfSigned(folder),
                    write(folder, "server.pem", "CERTIFICATE", certificate(SERVER, server, AUTHORITY, authority)),
                    write(folder, "server-key.pem", "PRIVATE KEY", server.getPrivate().getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("this JDK makes no certificates", e);
        }
    }

    private static Path selfSigned(Path folder) throws IOException, GeneralSecurityException, OperatorCreationException {
        var pair = pair();
        return write(folder, "other-authority.pem", "CERTIFICATE", certificate(OTHER, pair, OTHER, pair));
    }

    private static KeyPair pair() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static byte[] certificate(X500Principal subject, KeyPair keys, X500Principal issuer, KeyPair signer)
            throws IOException, OperatorCreationException {
        var now = Instant.now();
        var certificate = new JcaX509v3CertificateBuilder(
                issuer, BigInteger.valueOf(subject.hashCode()).abs(), Date.from(now.minus(VALID)), Date.from(now.plus(VALID)), subject,
                keys.getPublic());
        if (subject.equals(issuer)) {
            certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        } else {
            certificate.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
        }
        return certificate.build(new JcaContentSignerBuilder("SHA256withRSA").build(signer.getPrivate())).getEncoded();
    }

    private static Path write(Path folder, String name, String kind, byte[] content) throws IOException {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(folder.resolve(name), "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, lines));
    }
}
