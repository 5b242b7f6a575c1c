package io.weekly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The grants in docs/database-users.md have every table that the service writes, and no other. {@link DatabaseUsersIT} tries them. */
class DatabaseUsersTest {

    private static final Pattern GRANT = Pattern.compile("GRANT (INSERT[A-Z, ]*) ON weekly\\.(\\w+) TO weekly_service;");

    @Test
    void theServiceMayWriteEachTableThatItWritesAndOnlyAddToTheAuditTrail() throws IOException {
        var grants = GRANT.matcher(Files.readString(Path.of("docs/database-users.md"))).results()
                .collect(Collectors.toMap(grant -> grant.group(2), grant -> grant.group(1)));

        assertThat(new TreeSet<>(grants.keySet())).isEqualTo(new TreeSet<>(TableWritersTest.writers().keySet()));
        assertThat(grants.remove("audit_event")).isEqualTo("INSERT");
        assertThat(grants.remove("audit_person")).isEqualTo("INSERT, DELETE");
        assertThat(grants.remove("audit_text")).isEqualTo("INSERT, DELETE");
        assertThat(grants.remove("audit_seal")).isEqualTo("INSERT");
        assertThat(grants.values()).containsOnly("INSERT, UPDATE, DELETE");
    }
}
