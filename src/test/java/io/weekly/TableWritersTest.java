package io.weekly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Only one class writes to each table of runs and schedules, so all changes of a row can be read in one place. */
class TableWritersTest {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern WRITE = Pattern.compile("\\b(?:UPDATE|INSERT (?:IGNORE )?INTO|DELETE FROM)\\s+(\\w+)");
    private static final Map<String, String> WRITERS = Map.of(
            "run", "RunTransitions",
            "run_delta", "RunCounters",
            "run_count", "RunCounters",
            "run_cursor", "RunCursors",
            "run_wait", "RunWaits",
            "owner_mail", "OwnerMails",
            "schedule", "ScheduleChanges");

    @Test
    void eachTableHasOneWriter() throws IOException {
        var found = writers();

        WRITERS.forEach((table, writer) -> assertThat(found.get(table)).as(table).containsExactly(writer));
    }

    private static Map<String, Set<String>> writers() throws IOException {
        var writers = new TreeMap<String, Set<String>>();
        try (var files = Files.walk(SOURCES)) {
            for (var file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                var name = file.getFileName().toString().replace(".java", "");
                WRITE.matcher(Files.readString(file)).results()
                        .forEach(write -> writers.computeIfAbsent(write.group(1), _ -> new TreeSet<>()).add(name));
            }
        }
        return writers;
    }
}
