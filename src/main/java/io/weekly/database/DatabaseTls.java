package io.weekly.database;

import io.vertx.core.net.PemTrustOptions;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Encrypts all connections to the database as {@code weekly.database.tls.mode} says: of the service, for datasets, of migrations and of
 * commands. Without that setting it changes nothing, so that the settings of Quarkus apply.
 */
@Singleton
public class DatabaseTls {

    /** How the JDK checks that a certificate is for a host (RFC 2818). */
    private static final String HOSTNAMES = "HTTPS";
    private static final String NO_HOSTNAMES = "";

    private final Optional<TlsMode> mode;
    private final Optional<Path> authorities;

    @Inject
    DatabaseTls(TlsConfig config) {
        this(config.mode(), config.ca());
    }

    private DatabaseTls(Optional<TlsMode> mode, Optional<Path> authorities) {
        this.mode = mode;
        this.authorities = authorities;
    }

    /**
     * For a command, which has no beans.
     *
     * @throws IllegalArgumentException if a setting has a wrong value
     */
    public static DatabaseTls of(Config config) {
        return new DatabaseTls(
                config.getOptionalValue(TlsConfig.PREFIX + ".mode", TlsMode.class),
                config.getOptionalValue(TlsConfig.PREFIX + ".ca", Path.class));
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

    /**
     * The address for the JDBC driver. Empty if its address needs no change.
     *
     * @throws IllegalStateException if the certificates of the authorities cannot be read
     */
    public Optional<String> jdbcUrl(String given) {
        return mode.map(it -> given + (given.contains("?") ? "&" : "?") + "sslMode=" + it.forDriver()
                + (it.checksTheCertificate() ? authorities.map(DatabaseTls::trusted).orElse("") : ""));
    }

    private static String trusted(Path authorities) {
        var store = TrustStore.of(authorities);
        return "&trustCertificateKeyStoreUrl=%s&trustCertificateKeyStoreType=%s&trustCertificateKeyStorePassword=%s"
                .formatted(store.toUri(), TrustStore.TYPE, TrustStore.PASSWORD);
    }
}
