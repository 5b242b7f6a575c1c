package io.weekly.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.weekly.dev.DatabaseServer;
import io.weekly.dev.DevFolder;
import io.weekly.dev.DevKeys;
import io.weekly.dev.EmbeddedDatabase;
import io.weekly.dev.MailCatcher;
import io.weekly.dev.Outbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The servers that the application needs in a test: a database server, a mail server and keys for JWTs. All tests of a JVM share the
 * database server; each start of the application gets a new database. {@code -Dweekly.test.database=mysql://root@127.0.0.1:3306} uses that
 * server.
 *
 * <p>Tests and this class may have different class loaders. So they share system properties and folders, not objects.
 */
public final class TestServers implements QuarkusTestResourceLifecycleManager {
    /** The start of the links in mails. */
    public static final String PUBLIC_URL = "https://reports.example.test/weekly";
    private static final String GIVEN = "weekly.test.database";
    private static final String SERVER = "weekly.testing.server";
    static final String FOLDER = "weekly.testing.folder";

    private final String database = "weekly_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    private URI server;
    private MailCatcher mails;

    @Override
    public Map<String, String> start() {
        DevFolder folder = new DevFolder(folder());
        server = URI.create(server(folder));
        onServer("CREATE DATABASE " + database + " CHARACTER SET utf8mb4");
        mails = MailCatcher.start(new Outbox(folder.outbox()));
        DevKeys keys = DevKeys.in(folder.keys());

        Map<String, String> config = new LinkedHashMap<>();
        config.put("quarkus.datasource.reactive.url", "mysql://%s:%d/%s".formatted(server.getHost(), server.getPort(), database));
        config.put("quarkus.datasource.username", user());
        config.put("weekly.keys.test", keys.secret());
        config.put("weekly.keys.current", "test");
        config.put("weekly.public-url", PUBLIC_URL);
        if (!password().isEmpty()) {
            config.put("quarkus.datasource.password", password());
        }
        config.put("quarkus.mailer.mock", "false");
        config.put("quarkus.mailer.host", "127.0.0.1");
        config.put("quarkus.mailer.port", Integer.toString(mails.port()));
        config.put("mp.jwt.verify.publickey.location", keys.publicKey().toUri().toString());
        config.put("weekly.store.dir", folder.files().toString());
        config.put("weekly.dev.dir", folder.path().toString());
        config.putAll(SuiteLogs.settings());
        return config;
    }

    /** The folder of this JVM, which is deleted at its end. */
    private static Path folder() {
        String known = System.getProperty(FOLDER);
        if (known != null) {
            return Path.of(known);
        }
        try {
            Path folder = Files.createTempDirectory("weekly-tests-");
            System.setProperty(FOLDER, folder.toString());
            if (!System.getProperty(GIVEN, "").isEmpty()) {
                Runtime.getRuntime().addShutdownHook(new Thread(new DevFolder(folder)::delete));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of the server, with its user: {@code mysql://root@127.0.0.1:3306}. */
    static String address() {
        return server(new DevFolder(folder()));
    }

    private static synchronized String server(DevFolder folder) {
        String given = System.getProperty(GIVEN, "");
        if (!given.isEmpty()) {
            return given;
        }
        String running = System.getProperty(SERVER);
        if (running != null) {
            return running;
        }
        EmbeddedDatabase embedded = EmbeddedDatabase.start(folder.database());
        String address = "mysql://%s@%s:%d".formatted(embedded.user(), embedded.host(), embedded.port());
        System.setProperty(SERVER, address);
        // The hook also keeps the server reachable when a class loader is discarded.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            embedded.close();
            folder.delete();
        }));
        return address;
    }

    private void onServer(String sql) {
        DatabaseServer.execute(server.getHost(), server.getPort(), user(), password(), sql);
    }

    private String user() {
        return server.getUserInfo().split(":", 2)[0];
    }

    private String password() {
        String[] account = server.getUserInfo().split(":", 2);
        return account.length == 2 ? account[1] : "";
    }

    @Override
    public void stop() {
        if (mails != null) {
            mails.close();
        }
        if (server != null) {
            onServer("DROP DATABASE IF EXISTS " + database);
        }
    }
}
