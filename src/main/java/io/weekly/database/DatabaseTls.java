package io.weekly.database;

import io.vertx.core.net.PemTrustOptions;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Encrypts all connections to the database as {@code weekly.database.tls.mode} says: of the service, for datasets, of migrations. Without
 * that setting it changes nothing, so that the settings of Quarkus apply.
 */
@Singleton
class DatabaseTls {

    /** How the JDK checks that a certificate is for a host (RFC 2818). */
    private static final String HOSTNAMES = "HTTPS";
    private static final String NO_HOSTNAMES = "";

    private final Optional<TlsMode> mode;
    private final Optional<Path> authorities;

    DatabaseTls(TlsConfig config) {
        this.mode = config.mode();
        this.authorities = config.ca();
    }

    /** The options of a pool. Its connections fail if the server offers no encryption, or if its certificate does not pass the checks. */
    List<SqlConnectOptions> options(List<MySQLConnectOptions> given) {
        return new ArrayList<>(given.stream().map(options -> mode.map(it -> options(options, it)).orElse(options)).toList());
    }

    private MySQLConnectOptions options(MySQLConnectOptions given, TlsMode mode) {
        var options = new MySQLConnectOptions(given)
                .setSslMode(mode.forClient())
                // The client refuses to encrypt without any rule for certificates.
                .setTrustAll(!mode.checksTheCertificate())
                .setHostnameVerificationAlgorithm(mode == TlsMode.VERIFY_IDENTITY ? HOSTNAMES : NO_HOSTNAMES);
        if (mode.checksTheCertificate()) {
            authorities.ifPresent(file -> options.setPemTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        }
        return options;
    }

    /** The address for the JDBC driver. Empty if its address needs no change. */
    Optional<String> jdbcUrl(String given) {
        return mode.map(it -> given + (given.contains("?") ? "&" : "?") + "sslMode=" + it.forDriver()
                + (it.checksTheCertificate() ? authorities.map(DatabaseTls::trusted).orElse("") : ""));
    }

    private static String trusted(Path authorities) {
        var store = TrustStore.of(authorities);
        return "&trustCertificateKeyStoreUrl=%s&trustCertificateKeyStoreType=%s&trustCertificateKeyStorePassword=%s"
                .formatted(store.toUri(), TrustStore.TYPE, TrustStore.PASSWORD);
    }
}
