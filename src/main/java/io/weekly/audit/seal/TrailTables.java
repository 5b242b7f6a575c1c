package io.weekly.audit.seal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Compares the tables of events and seals with what the migrations make. A verification reads numbers as numbers and events by their
 * primary key. In a table of another shape, a row could be there that it does not see, or be something else than it reads.
 *
 * <p>Only what has a part in that is compared: kind and partitions of a table, its columns, its unique keys, and its triggers. Other keys
 * and options may differ. The tables {@code audit_person} and {@code audit_text} have no part in a verification.
 */
final class TrailTables {

    private static final String EVENTS = "audit_event";
    private static final String SEALS = "audit_seal";
    private static final String OURS = "= DATABASE() AND %s IN ('" + EVENTS + "', '" + SEALS + "')";

    /** Each fails if the table is not there, or may not be read. Then nobody can say anything about it. */
    static final List<String> READABLE = List.of("SELECT 1 FROM " + EVENTS + " LIMIT 1", "SELECT 1 FROM " + SEALS + " LIMIT 1");

    static final String TABLES =
            "SELECT table_name, table_type, engine, create_options FROM information_schema.tables WHERE table_schema "
                    + OURS.formatted("table_name");

    static final String COLUMNS =
            "SELECT table_name, column_name, column_type, is_nullable, collation_name, column_default, extra "
                    + "FROM information_schema.columns WHERE table_schema " + OURS.formatted("table_name");

    static final String UNIQUE_KEYS =
            "SELECT table_name, index_name, column_name, sub_part FROM information_schema.statistics WHERE table_schema "
                    + OURS.formatted("table_name") + " AND non_unique = 0 ORDER BY table_name, index_name, seq_in_index";

    /** The server shows triggers only to users with the right TRIGGER. */
    static final String TRIGGERS =
            "SELECT event_object_table, trigger_name FROM information_schema.triggers WHERE event_object_schema "
                    + OURS.formatted("event_object_table") + " ORDER BY event_object_table, trigger_name";

    /** How a row says that a value is NULL. MariaDB also writes it so as the default of a column that has none. */
    static final String NULL = "NULL";

    private static final String TABLE = "table";
    private static final String KEYS = "unique keys";
    private static final String EXPECTED_TABLE = "BASE TABLE of InnoDB";
    private static final String ABSENT = "not there";

    /** What the migrations make. Change it in the commit that adds a migration of these tables. */
    private static final Map<String, Map<String, String>> EXPECTED = Map.of(
            EVENTS,
            expected(
                    KEYS, "PRIMARY(id)",
                    "id", "bigint NOT NULL auto_increment",
                    "tenant_id", "int NULL",
                    "at", "datetime(6) NOT NULL",
                    "actor", "varchar(150) NOT NULL",
                    "action", "varchar(50) NOT NULL",
                    "subject", "varchar(150) NOT NULL",
                    "detail", "text NULL",
                    "client", "varchar(45) NULL",
                    "request_id", "varchar(64) NULL"),
            SEALS,
            expected(
                    KEYS, "PRIMARY(number)",
                    "number", "bigint NOT NULL",
                    "first_id", "bigint NOT NULL",
                    "last_id", "bigint NOT NULL",
                    "gaps", "mediumtext NULL",
                    "late_ids", "mediumtext NULL",
                    "events", "int NOT NULL",
                    "oldest_at", "datetime(6) NULL",
                    "newest_at", "datetime(6) NULL",
                    "hash", "char(64) NOT NULL",
                    "previous", "char(64) NOT NULL",
                    "sealed_at", "datetime(6) NOT NULL",
                    "pruned_to", "bigint NULL",
                    "key_id", "varchar(32) NOT NULL",
                    "signature", "varchar(88) NOT NULL"));

    private static Map<String, String> expected(String... partsAndShapes) {
        var shapes = new LinkedHashMap<String, String>();
        shapes.put(TABLE, EXPECTED_TABLE);
        for (var i = 0; i < partsAndShapes.length; i += 2) {
            var isColumn = i > 0;
            shapes.put(isColumn ? column(partsAndShapes[i]) : partsAndShapes[i], partsAndShapes[i + 1]);
        }
        return shapes;
    }

    /** The exact collation of MySQL and of MariaDB (V9). Another one is named in the shape of a column. */
    private static final Set<String> EXACT = Set.of("utf8mb4_0900_bin", "utf8mb4_nopad_bin", NULL);
    /** MariaDB names a width for showing integers. It has no part in their values. */
    private static final Pattern INTEGER_WIDTH = Pattern.compile("^((?:tiny|small|medium|big)?int)\\([0-9]+\\)");

    private final Map<String, Map<String, String>> found = new TreeMap<>();

    private TrailTables() {}

    /** One sentence for each difference, in a fixed order. Throws an unchecked exception if the tables cannot be read. */
    static List<String> differences(Trail trail) {
        READABLE.forEach(trail::rows);
        return differences(trail.rows(TABLES), trail.rows(COLUMNS), trail.rows(UNIQUE_KEYS), trail.rows(TRIGGERS));
    }

    /** Each row has the values of its statement as texts, {@link #NULL} for NULL. */
    static List<String> differences(
            List<List<String>> tables, List<List<String>> columns, List<List<String>> keys, List<List<String>> triggers) {
        var shapes = new TrailTables();
        tables.forEach(row -> shapes.put(row.getFirst(), TABLE, table(row)));
        columns.forEach(row -> shapes.put(row.getFirst(), column(row.get(1)), column(row)));
        keys.forEach(row -> shapes.key(row.getFirst(), row.get(1), keyPart(row)));
        triggers.forEach(row -> shapes.put(row.getFirst(), "trigger " + row.get(1), "there"));
        return shapes.differences();
    }

    /** Linux has tables whose names differ in case only. MySQL may return them too. */
    private void put(String table, String part, String shape) {
        if (EXPECTED.containsKey(table)) {
            found.computeIfAbsent(table, _ -> new TreeMap<>()).put(part, shape);
        }
    }

    private static String table(List<String> row) {
        var partitioned = row.get(3).toLowerCase(Locale.ROOT).contains("partitioned") ? " with partitions" : "";
        return row.get(1) + " of " + row.get(2) + partitioned;
    }

    private static String column(String name) {
        return "column " + name;
    }

    private static String column(List<String> row) {
        var shape = new StringBuilder(INTEGER_WIDTH.matcher(row.get(2)).replaceFirst("$1"));
        shape.append("NO".equals(row.get(3)) ? " NOT NULL" : " NULL");
        shape.append(EXACT.contains(row.get(4)) ? "" : " COLLATE " + row.get(4));
        shape.append(NULL.equals(row.get(5)) ? "" : " DEFAULT " + row.get(5));
        shape.append(row.get(6).isEmpty() || NULL.equals(row.get(6)) ? "" : " " + row.get(6));
        return shape.toString();
    }

    /** A key with the beginning of a column only is another key. */
    private static String keyPart(List<String> row) {
        return row.get(2) + (NULL.equals(row.get(3)) ? "" : "(" + row.get(3) + ")");
    }

    private void key(String table, String name, String part) {
        var before = found.getOrDefault(table, Map.of()).get(KEYS);
        put(table, KEYS, before == null
                ? "%s(%s)".formatted(name, part)
                : before.contains(name + "(")
                        ? before.substring(0, before.length() - 1) + "," + part + ")"
                        : "%s %s(%s)".formatted(before, name, part));
    }

    private List<String> differences() {
        var differences = new ArrayList<String>();
        EXPECTED.keySet().stream().sorted().forEach(table -> {
            var expected = EXPECTED.getOrDefault(table, Map.of());
            var actual = found.getOrDefault(table, Map.of());
            expected.forEach((part, shape) -> {
                var other = actual.getOrDefault(part, ABSENT);
                if (!other.equals(shape)) {
                    differences.add("%s: %s is %s and should be %s".formatted(table, part, other, shape));
                }
            });
            actual.forEach((part, shape) -> {
                if (!expected.containsKey(part)) {
                    differences.add("%s: %s is %s and should not be there".formatted(table, part, shape));
                }
            });
        });
        return differences;
    }
}
