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
 * A database server of its own, which a test may break. The service uses it as a user without rights of an administrator, and reads
 * datasets as a second user. Starts after {@link TestServers}.
 */
public final class BreakableDatabase implements QuarkusTestResourceLifecycleManager {

    public static final String SERVICE = "weekly";
    public static final String READER = "weekly_reader";
    public static final String PASSWORD = "s3cret-of-a-user";

    private static final String DATABASE = "breakable";
    private static final String PORT = "weekly.testing.breakable.port";
    private static final List<String> USERS = List.of(
            "CREATE USER " + SERVICE + " IDENTIFIED BY '" + PASSWORD + "'",
            "GRANT ALL ON breakable.* TO " + SERVICE,
            "CREATE USER " + READER + " IDENTIFIED BY '" + PASSWORD + "'",
            "GRANT SELECT ON breakable.* TO " + READER);

    private DevFolder folder;
    private EmbeddedDatabase database;

    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        try {
            folder = new DevFolder(Files.createTempDirectory("weekly-breakable-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        database = EmbeddedDatabase.start(folder.database());
        var url = database.url(DATABASE);
        System.setProperty(PORT, Integer.toString(database.port()));
        USERS.forEach(BreakableDatabase::execute);
        return Map.of(
                "quarkus.datasource.reactive.url", url,
                "quarkus.datasource.username", SERVICE,
                "quarkus.datasource.password", PASSWORD,
                "quarkus.datasource.source.username", READER,
                "quarkus.datasource.source.password", PASSWORD);
    }

    /** Runs a statement as the administrator. */
    public static void execute(String sql) {
        DatabaseServer.execute("127.0.0.1", Integer.getInteger(PORT), "root", "", sql);
    }

    /** The user may not log in any more, and its connections are cut. */
    public static void lock(String user) {
        execute("ALTER USER " + user + " ACCOUNT LOCK");
        execute("KILL USER " + user);
    }

    public static void unlock(String user) {
        execute("ALTER USER " + user + " ACCOUNT UNLOCK");
    }

    @Override
    public void stop() {
        if (database != null) {
            database.close();
            folder.delete();
        }
    }
}
