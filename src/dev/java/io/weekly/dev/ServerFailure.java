package io.weekly.dev;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes an error message from the log of a server that did not start. */
final class ServerFailure {
    private static final Pattern MISSING_LIBRARY = Pattern.compile("(?:loading shared libraries: |Library not loaded: )([^\\s:]+)");
    private static final Pattern NOT_FOUND = Pattern.compile("^[ \\t]*+(\\S++) => not found", Pattern.MULTILINE);
    private static final int LAST_LINES = 12;

    private ServerFailure() {
    }

    static DevModeException explain(MariaDbBinaries binaries, Path log, String intention) {
        String said = read(log);
        Matcher missing = MISSING_LIBRARY.matcher(said);
        if (missing.find()) {
            String libraries = allMissing(binaries, missing.group(1));
            return new DevModeException("The embedded MariaDB needs shared libraries that are not installed: %s. Install the packages that"
                    + " have them (Debian and Ubuntu: libcrypt1, libsystemd0, libncurses6; Fedora: libxcrypt-compat, systemd-libs,"
                    + " ncurses-libs), or set quarkus.datasource.reactive.url to a server of your own.", libraries);
        }
        List<String> lines = said.lines().toList();
        return new DevModeException("The embedded MariaDB could not %s. Its log, %s, ends with:%n%s", intention, log,
                String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())));
    }

    static String read(Path log) {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException nothingWritten) {
            return "";
        }
    }

    /** The loader reports only the first missing library. If there is an ldd, it reports all. */
    private static String allMissing(MariaDbBinaries binaries, String first) {
        try {
            Process ldd = new ProcessBuilder("ldd", binaries.server().toString()).redirectErrorStream(true).start();
            ldd.getOutputStream().close();
            String answer = new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String all = NOT_FOUND.matcher(answer).results().map(result -> result.group(1)).distinct().collect(Collectors.joining(", "));
            return all.isEmpty() ? first : all;
        } catch (IOException noLdd) {
            return first;
        }
    }
}
