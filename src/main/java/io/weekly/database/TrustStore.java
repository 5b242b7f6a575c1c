package io.weekly.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;

/** Certificates of authorities as the JDBC driver wants them. It reads no PEM files, so this class makes a key store of them. */
final class TrustStore {

    static final String TYPE = "PKCS12";
    /** Protects nothing: certificates are public. The driver reads no key store without a password. */
    static final String PASSWORD = "certificates";

    private TrustStore() {}

    /**
     * A temporary file, which is deleted when the process ends.
     *
     * @param pem one or more certificates
     * @throws IllegalStateException if the file has none, or cannot be read
     */
    static Path of(Path pem) {
        try (var in = Files.newInputStream(pem)) {
            var store = KeyStore.getInstance(TYPE);
            store.load(null, null);
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + store.size(), certificate);
            }
            if (store.size() == 0) {
                throw new IllegalStateException("weekly.database.tls.ca is %s, which has no certificate".formatted(pem));
            }
            return write(store);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(
                    "weekly.database.tls.ca is %s, which is no file of certificates: %s".formatted(pem, e.getMessage()), e);
        }
    }

    private static Path write(KeyStore store) throws IOException, GeneralSecurityException {
        var file = Files.createTempFile("weekly-authorities-", ".p12");
        file.toFile().deleteOnExit();
        try (var out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }
}
