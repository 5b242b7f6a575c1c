package io.weekly.retention;

import io.weekly.testing.World;
import java.util.List;

/** Searches all text columns of the database for a text. */
final class Traces {

    private Traces() {}

    /** The columns that have the text in some row, such as {@code delivery.address}. */
    static List<String> of(World world, String text) {
        return world.rows("""
                        SELECT c.table_name AS in_table, c.column_name AS in_column
                        FROM information_schema.columns c
                        WHERE c.table_schema = DATABASE() AND c.table_name <> 'flyway_schema_history'
                          AND c.data_type IN ('char', 'varchar', 'text', 'mediumtext', 'longtext')""")
                .stream()
                .filter(row -> world.count("SELECT COUNT(*) FROM `%s` WHERE INSTR(`%s`, ?) > 0"
                        .formatted(row.getString("in_table"), row.getString("in_column")), text) > 0)
                .map(row -> row.getString("in_table") + "." + row.getString("in_column"))
                .toList();
    }
}
