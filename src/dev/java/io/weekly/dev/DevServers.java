package io.weekly.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/**
 * Starts what dev mode needs: a database, a mail catcher and keys. That happens once per JVM. A live reload makes a new class loader, which
 * shares no classes with the one before. So system properties say that the servers run, and where. Their values are strings, because some
 * libraries take each property for a string.
 */
final class DevServers {
    static final String SOURCE_USERNAME = "quarkus.datasource.source.username";
    static final String SOURCE_PASSWORD = "quarkus.datasource.source.password";
    static final String CURRENT_KEY = "weekly.keys.current";
    private static final Logger LOG = Logger.getLogger(DevServers.class);
    private static final String RUNNING = "weekly.dev.running";
    private static final String DATABASE_URL = "quarkus.datasource.reactive.url";

    private DevServers() {
    }

    static void ensureRunning() {
        if (System.getProperty(RUNNING) == null) {
            List<Object> servers = start(ConfigProvider.getConfig());
            System.setProperty(RUNNING, "true");
            // Keeps the servers reachable until the JVM ends. It does not close them: the application needs them during its shutdown.
            Runtime.getRuntime().addShutdownHook(new Thread(() -> Reference.reachabilityFence(servers)));
        }
    }

    /** Returns the objects that have to live as long as the JVM. */
    private static List<Object> start(Config config) {
        String path = config.getOptionalValue(DevFolder.KEY, String.class).orElse(".weekly-dev");
        DevFolder folder = new DevFolder(Path.of(path).toAbsolutePath());
        FileLock lock = takeOver(folder);
        if (config.getOptionalValue("weekly.dev.fresh", Boolean.class).orElse(false)) {
            LOG.infof("weekly.dev.fresh is true: deleting everything in %s", folder.path());
            new DataDirectory(folder.database().resolve("data")).awaitPreviousServer();
            Folders.delete(folder.path(), Folders.LOCK, Folders.OWNER);
        }
        System.setProperty(DevFolder.KEY, folder.path().toString());
        setUnlessGiven(config, "weekly.store.dir", folder.files().toString());
        System.setProperty("mp.jwt.verify.publickey.location", DevKeys.in(folder.keys()).publicKey().toUri().toString());
        setUnlessGiven(config, "weekly.keys." + DevKeys.ID, DevKeys.in(folder.keys()).secret());
        setUnlessGiven(config, CURRENT_KEY, DevKeys.ID);
        List<Object> servers = List.of(lock, database(config, folder), mails(config, folder));
        folder.writeServers(ConfigProvider.getConfig());
        return servers;
    }

    /** A value that the developer has configured stays. */
    private static void setUnlessGiven(Config config, String key, String value) {
        if (config.getOptionalValue(key, String.class).isEmpty()) {
            System.setProperty(key, value);
        }
    }

    private static FileLock takeOver(DevFolder folder) {
        try {
            Folders.createPrivate(folder.path());
            return Folders.own(folder.path());
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of dev mode cannot be used: " + folder.path(), e);
        }
    }

    private static Object database(Config config, DevFolder folder) {
        var own = config.getOptionalValue(DATABASE_URL, String.class);
        List<SqlScript> scripts = LoadedScripts.named(config);
        if (own.isPresent()) {
            if (!scripts.isEmpty()) {
                throw new DevModeException("%s works only with the embedded database. Load the scripts into %s yourself.",
                        LoadedScripts.KEY, own.get());
            }
            LOG.infof("Using the database at %s", own.get());
            return own.get();
        }
        EmbeddedDatabase database = EmbeddedDatabase.start(folder.database());
        LoadedScripts.in(folder).load(scripts, database);
        System.setProperty(DATABASE_URL, database.url("weekly"));
        SourceUser.create(database.host(), database.port(), database.user(), "");
        // Before quarkus.datasource.username, from which this property has its default value.
        setUnlessGiven(config, SOURCE_USERNAME, SourceUser.NAME);
        setUnlessGiven(config, SOURCE_PASSWORD, SourceUser.PASSWORD);
        System.setProperty("quarkus.datasource.username", database.user());
        return database;
    }

    private static Object mails(Config config, DevFolder folder) {
        var own = config.getOptionalValue("quarkus.mailer.host", String.class);
        if (own.isPresent()) {
            LOG.infof("Using the mail server at %s", own.get());
            return own.get();
        }
        MailCatcher mails = MailCatcher.start(new Outbox(folder.outbox()));
        System.setProperty("quarkus.mailer.host", "127.0.0.1");
        System.setProperty("quarkus.mailer.port", Integer.toString(mails.port()));
        return mails;
    }
}
