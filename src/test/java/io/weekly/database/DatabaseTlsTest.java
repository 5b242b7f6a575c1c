package io.weekly.database;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mysql.cj.jdbc.Driver;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.weekly.audit.seal.VerifyAudit;
import io.weekly.dev.EmbeddedDatabase;
import io.weekly.testing.EncryptedDatabase;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The user of migrations must encrypt, so the application starts only if they do. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@QuarkusTestResource(value = EncryptedDatabase.class, restrictToAnnotatedClass = true)
@TestProfile(HandDriven.class)
class DatabaseTlsTest {

    private static final String CIPHER = "SHOW SESSION STATUS LIKE 'Ssl_cipher'";

    @Inject
    Pool own;

    @Inject
    @ReactiveDataSource("source")
    Pool source;

    @Inject
    Vertx vertx;

    @ConfigProperty(name = "quarkus.datasource.reactive.url")
    String url;

    @Inject
    TlsConfig settings;

    private Path authority;

    @TempDir
    Path folder;

    /** The settings {@code weekly.database.tls.*}. */
    private record Tls(Optional<TlsMode> mode, Optional<Path> ca) implements TlsConfig {

        Tls(TlsMode mode, Path authority) {
            this(Optional.of(mode), Optional.of(authority));
        }
    }

    @BeforeEach
    void authority() {
        authority = settings.ca().orElseThrow();
    }

    @Test
    void theServiceAndDatasetsEncrypt() {
        for (var pool : List.of(own, source)) {
            assertThat(get(pool.query(CIPHER).execute()).iterator().next().getString(1)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"REQUIRED", "VERIFY_CA", "VERIFY_IDENTITY"})
    void bothClientsEncrypt(TlsMode mode) throws SQLException {
        var tls = new Tls(mode, authority);

        assertThat(reactive(tls, url)).isNotEmpty();
        assertThat(jdbc(tls, url)).isNotEmpty();
    }

    /** The server of this test accepts connections without encryption. Otherwise the test above would show nothing. */
    @Test
    void withoutTheSettingTheServerWouldAcceptMore() throws SQLException {
        var tls = new Tls(TlsMode.DISABLED, authority);

        assertThat(reactive(tls, url)).isEmpty();
        assertThat(jdbc(tls, url)).isEmpty();
    }

    @Test
    void aServerThatOffersNoEncryptionIsRefused() {
        try (var plain = EmbeddedDatabase.start(folder)) {
            var address = plain.url("plain");
            for (var mode : List.of(TlsMode.REQUIRED, TlsMode.VERIFY_CA, TlsMode.VERIFY_IDENTITY)) {
                var tls = new Tls(mode, authority);

                assertThatThrownBy(() -> reactive(tls, address)).as("%s", mode).hasStackTraceContaining("SSL");
                assertThatThrownBy(() -> jdbc(tls, address)).as("%s", mode).hasStackTraceContaining("SSL");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"VERIFY_CA", "VERIFY_IDENTITY"})
    void aCertificateOfAnotherAuthorityIsRefused(TlsMode mode) {
        var tls = new Tls(mode, authority.resolveSibling("other-authority.pem"));

        assertThatThrownBy(() -> reactive(tls, url)).hasStackTraceContaining("certificate_unknown");
        assertThatThrownBy(() -> jdbc(tls, url)).hasStackTraceContaining("certificate_unknown");
    }

    @Test
    void aCertificateForAnotherHostIsRefusedIfTheIdentityCounts() throws SQLException {
        var byName = url.replace("127.0.0.1", "localhost");
        var strict = new Tls(TlsMode.VERIFY_IDENTITY, authority);

        assertThatThrownBy(() -> reactive(strict, byName)).hasStackTraceContaining("localhost");
        assertThatThrownBy(() -> jdbc(strict, byName)).hasStackTraceContaining("localhost");
        assertThat(reactive(new Tls(TlsMode.VERIFY_CA, authority), byName)).isNotEmpty();
        assertThat(jdbc(new Tls(TlsMode.VERIFY_CA, authority), byName)).isNotEmpty();
    }

    @Test
    void commandsEncryptToo() {
        assertThat(verifyAudit("verify-identity", authority)).contains("there are no seals");
        assertThat(verifyAudit("verify-identity", authority.resolveSibling("other-authority.pem"))).doesNotContain("seals");
        assertThat(verifyAudit("disabled", authority)).contains("denied");
        assertThat(verifyAudit("verify-identities", authority)).startsWith("NOT CHECKED").contains("verify-identities");
    }

    /** The server accepts this user only if the connection is encrypted. */
    private String verifyAudit(String mode, Path ca) {
        var config = new SmallRyeConfigBuilder()
                .withDefaultValue("quarkus.datasource.reactive.url", url)
                .withDefaultValue("quarkus.datasource.username", "weekly_migration")
                .withDefaultValue("quarkus.datasource.password", EncryptedDatabase.PASSWORD)
                .withDefaultValue("weekly.database.tls.mode", mode)
                .withDefaultValue("weekly.database.tls.ca", ca.toString())
                .build();
        var out = new ByteArrayOutputStream();
        VerifyAudit.run(config, List.of(), new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    private String reactive(Tls config, String address) {
        var user = MySQLConnectOptions.fromUri(address).setUser(user(address)).setPassword(password(address));
        var pool = new Pool(MySQLBuilder.pool()
                .connectingTo(new DatabaseTls(config).options(List.of(user)))
                .using(vertx)
                .build());
        try {
            return get(pool.query(CIPHER).execute()).iterator().next().getString(1);
        } finally {
            get(pool.close());
        }
    }

    private static String jdbc(Tls config, String address) throws SQLException {
        var account = new Properties();
        account.setProperty("user", user(address));
        account.setProperty("password", password(address));
        try (var connection = new Driver().connect(new DatabaseTls(config).jdbcUrl("jdbc:" + address).orElseThrow(), account);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(CIPHER)) {
            rows.next();
            return rows.getString(2);
        }
    }

    private static String user(String address) {
        return address.endsWith(EncryptedDatabase.DATABASE) ? EncryptedDatabase.USER : "root";
    }

    private static String password(String address) {
        return address.endsWith(EncryptedDatabase.DATABASE) ? EncryptedDatabase.PASSWORD : "";
    }
}
