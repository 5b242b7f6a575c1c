package io.weekly.audit.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows as the servers return them: MySQL 8.4 and 9, and MariaDB. {@code TamperingTest} compares with the tables of a real server. */
class TrailTablesTest {

    private static final String NULL = TrailTables.NULL;
    private static final List<List<String>> NO_TRIGGERS = List.of();

    private static List<List<String>> tables(String options) {
        return List.of(List.of("audit_event", "BASE TABLE", "InnoDB", options), List.of("audit_seal", "BASE TABLE", "InnoDB", ""));
    }

    private static List<List<String>> keys() {
        return List.of(List.of("audit_event", "PRIMARY", "id", NULL), List.of("audit_seal", "PRIMARY", "number", NULL));
    }

    /**
     * @param width how the server writes the width for showing a bigint
     * @param none how it writes that a column that may be NULL has no default
     */
    private static List<List<String>> columns(String width, String collation, String none) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("audit_event", "id", "bigint" + width, "NO", NULL, NULL, "auto_increment"));
        rows.add(List.of("audit_event", "tenant_id", "int" + width, "YES", NULL, none, ""));
        rows.add(List.of("audit_event", "at", "datetime(6)", "NO", NULL, NULL, ""));
        text(rows, "audit_event", collation, NULL, "NO", "actor", "varchar(150)", "action", "varchar(50)", "subject", "varchar(150)");
        text(rows, "audit_event", collation, none, "YES", "detail", "text", "client", "varchar(45)", "request_id", "varchar(64)");
        for (var name : List.of("number", "first_id", "last_id")) {
            rows.add(List.of("audit_seal", name, "bigint" + width, "NO", NULL, NULL, ""));
        }
        text(rows, "audit_seal", collation, none, "YES", "gaps", "mediumtext", "late_ids", "mediumtext");
        rows.add(List.of("audit_seal", "events", "int" + width, "NO", NULL, NULL, ""));
        rows.add(List.of("audit_seal", "oldest_at", "datetime(6)", "YES", NULL, none, ""));
        rows.add(List.of("audit_seal", "newest_at", "datetime(6)", "YES", NULL, none, ""));
        text(rows, "audit_seal", collation, NULL, "NO", "hash", "char(64)", "previous", "char(64)", "key_id", "varchar(32)");
        text(rows, "audit_seal", collation, NULL, "NO", "signature", "varchar(88)");
        rows.add(List.of("audit_seal", "sealed_at", "datetime(6)", "NO", NULL, NULL, ""));
        rows.add(List.of("audit_seal", "pruned_to", "bigint" + width, "YES", NULL, none, ""));
        return rows;
    }

    private static void text(
            List<List<String>> rows, String table, String collation, String none, String nullable, String... namesAndTypes) {
        for (var i = 0; i < namesAndTypes.length; i += 2) {
            rows.add(List.of(table, namesAndTypes[i], namesAndTypes[i + 1], nullable, collation, none, ""));
        }
    }

    private static List<List<String>> mysql() {
        return columns("", "utf8mb4_0900_bin", NULL);
    }

    @Test
    void theTablesOfMySqlAndMariaDbAreAsTheyMustBe() {
        assertThat(TrailTables.differences(tables(""), mysql(), keys(), NO_TRIGGERS)).isEmpty();
        assertThat(TrailTables.differences(
                        tables(""), columns("(20)", "utf8mb4_nopad_bin", "NULL"), keys(), NO_TRIGGERS))
                .isEmpty();
    }

    @Test
    void triggersPartitionsAndOtherKeysAreNamed() {
        var shortKey = List.of(
                List.of("audit_event", "PRIMARY", "id", NULL),
                List.of("audit_event", "PRIMARY", "at", NULL),
                List.of("audit_seal", "PRIMARY", "number", NULL),
                List.of("audit_seal", "one", "key_id", "3"));

        assertThat(TrailTables.differences(
                        tables("row_format=DYNAMIC partitioned"), mysql(), shortKey, List.of(List.of("audit_event", "copy"))))
                .containsExactly(
                        "audit_event: table is BASE TABLE of InnoDB with partitions and should be BASE TABLE of InnoDB",
                        "audit_event: unique keys is PRIMARY(id,at) and should be PRIMARY(id)",
                        "audit_event: trigger copy is there and should not be there",
                        "audit_seal: unique keys is PRIMARY(number) one(key_id(3)) and should be PRIMARY(number)");
    }

    @Test
    void eachPropertyOfAColumnIsNamed() {
        var columns = mysql();
        columns.set(1, List.of("audit_event", "tenant_id", "int unsigned", "NO", NULL, "7", "VIRTUAL GENERATED"));
        columns.set(3, List.of("audit_event", "actor", "varchar(150)", "NO", "utf8mb4_general_ci", NULL, ""));
        columns.remove(0);
        columns.add(List.of("AUDIT_EVENT", "id", "bigint", "NO", NULL, NULL, "auto_increment"));

        assertThat(TrailTables.differences(tables(""), columns, keys(), NO_TRIGGERS))
                .containsExactly(
                        "audit_event: column id is not there and should be bigint NOT NULL auto_increment",
                        "audit_event: column tenant_id is int unsigned NOT NULL DEFAULT 7 VIRTUAL GENERATED and should be int NULL",
                        "audit_event: column actor is varchar(150) NOT NULL COLLATE utf8mb4_general_ci and should be "
                                + "varchar(150) NOT NULL");
    }
}
