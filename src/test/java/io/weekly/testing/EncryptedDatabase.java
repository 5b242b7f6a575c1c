package io.weekly.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.weekly.dev.DatabaseServer;
import io.weekly.dev.DevFolder;
import io.weekly.dev.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/**
 * A database server that offers encryption, and accepts connections without it too. Only the user of migrations must encrypt. The service
 * has to encrypt, and to check the certificate. Starts after {@link TestServers}.
 */
public final class EncryptedDatabase implements QuarkusTestResourceLifecycleManager {

    public static final String DATABASE = "encrypted";
    public static final String USER = "weekly";
    public static final String PASSWORD = "s3cret-of-a-user";

    /** Dev mode and tests would give rights to a user that is called weekly_source. */
    private static final String READER = "weekly_reader";

    private DevFolder folder;
    private EmbeddedDatabase database;

    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        try {
            folder = new DevFolder(Files.createTempDirectory("weekly-encrypted-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var certificates = TestCertificates.in(folder.path());
        database = EmbeddedDatabase.start(folder.database(), List.of(
                "--ssl=1", "--ssl-cert=" + certificates.server(), "--ssl-key=" + certificates.serverKey()));
        var url = database.url(DATABASE);
        for (var user : List.of(USER, READER, "weekly_migration")) {
            execute("CREATE USER %s IDENTIFIED BY '%s'%s".formatted(
                    user, PASSWORD, user.equals("weekly_migration") ? " REQUIRE SSL" : ""));
            execute("GRANT %s ON %s.* TO %s".formatted(user.equals(READER) ? "SELECT" : "ALL", DATABASE, user));
        }
        return Map.of(
                "quarkus.datasource.reactive.url", url,
                "quarkus.datasource.username", USER,
                "quarkus.datasource.password", PASSWORD,
                "quarkus.datasource.source.username", READER,
                "quarkus.datasource.source.password", PASSWORD,
                "quarkus.flyway.username", "weekly_migration",
                "quarkus.flyway.password", PASSWORD,
                "weekly.database.tls.mode", "verify-identity",
                "weekly.database.tls.ca", certificates.authority().toString());
    }

    private void execute(String sql) {
        DatabaseServer.execute("127.0.0.1", database.port(), "root", "", sql);
    }

    @Override
    public void stop() {
        if (database != null) {
            database.close();
            folder.delete();
        }
    }
}
