package io.weekly.delivery.inbound;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** A certificate that signs messages of Amazon SNS. It came from an SNS host over TLS, which proves whose it is. */
final class SnsCertificate {

    private static final int MIN_BITS = 2048;
    private static final Integer DNS_NAME = 2;
    /** By {@code SignatureVersion}. */
    private static final Map<String, String> ALGORITHMS = Map.of("1", "SHA1withRSA", "2", "SHA256withRSA");
    /** The names that Amazon's certificates have, besides the one of a region's host. */
    private static final List<String> NAMES = List.of("sns.amazonaws.com", "sns.amazonaws.com.cn");

    private final X509Certificate certificate;

    private SnsCertificate(X509Certificate certificate) {
        this.certificate = certificate;
    }

    /** The certificate in a PEM file from this host; empty if it is no RSA certificate that was issued for Amazon SNS. */
    static Optional<SnsCertificate> of(byte[] pem, String host) {
        try {
            var found = CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
            return found instanceof X509Certificate certificate && isStrong(certificate.getPublicKey()) && isIssuedFor(certificate, host)
                    ? Optional.of(new SnsCertificate(certificate))
                    : Optional.empty();
        } catch (CertificateException | InvalidNameException _) {
            return Optional.empty();
        }
    }

    private static boolean isStrong(PublicKey key) {
        return key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= MIN_BITS;
    }

    private static boolean isIssuedFor(X509Certificate certificate, String host) throws CertificateParsingException, InvalidNameException {
        var isAuthority = certificate.getBasicConstraints() >= 0;
        return !isAuthority && names(certificate).anyMatch(name -> NAMES.contains(name) || name.equals(host));
    }

    /** The common names of the subject, and its DNS names. */
    private static Stream<String> names(X509Certificate certificate) throws CertificateParsingException, InvalidNameException {
        var common = new LdapName(certificate.getSubjectX500Principal().getName()).getRdns().stream()
                .filter(part -> part.getType().equalsIgnoreCase("CN"))
                .map(Rdn::getValue);
        var others = Objects.requireNonNullElse(certificate.getSubjectAlternativeNames(), Set.<List<?>>of());
        return Stream.concat(common, dnsNames(others)).map(String::valueOf);
    }

    private static Stream<Object> dnsNames(Collection<List<?>> others) {
        return others.stream().filter(name -> DNS_NAME.equals(name.getFirst())).map(name -> (Object) name.get(1));
    }

    /** Whether it is valid at this time. */
    boolean isValid(Instant now) {
        return !now.isBefore(certificate.getNotBefore().toInstant()) && !Date.from(now).after(certificate.getNotAfter());
    }

    /** Whether its key signed the message. */
    boolean hasSigned(SnsMessage message) {
        var algorithm = ALGORITHMS.get(message.signatureVersion());
        if (algorithm == null) {
            return false;
        }
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initVerify(certificate.getPublicKey());
            signature.update(message.signedText().getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getDecoder().decode(message.signature()));
        } catch (SignatureException | InvalidKeyException | IllegalArgumentException _) {
            return false; // it is no signature of this key's length, or no Base64
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
