package io.weekly.render.sheet;

import io.weekly.render.text.MessageText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A dataset for a spreadsheet.
 *
 * @param name of the dataset
 * @param title for people: the message {@code sheet_<name>}, else the name in a readable form
 * @param rows column name → Long, BigDecimal, String, LocalDate, LocalDateTime or null
 * @param messages in the reader's language, for labels of names in the data
 */
public record Table(
        String name, String title, List<Column> columns, List<? extends Map<String, ? extends @Nullable Object>> rows,
        Map<String, String> messages) {
    /**
     * A column of the table.
     *
     * @param heading for people: the message {@code column_<name>}, else the name in a readable form
     * @param format of report.yaml; if empty, the values decide
     */
    public record Column(String name, String heading, Optional<ColumnFormat> format) {}

    /**
     * A table with the columns in the order of the query. Without rows the columns of the query are not known, so the table has the columns
     * with a format.
     */
    public static Table of(
            String name, List<? extends Map<String, ? extends @Nullable Object>> rows, Map<String, ColumnFormat> formats,
            Map<String, String> messages) {
        var names = new LinkedHashSet<String>(rows.isEmpty() ? formats.keySet() : rows.getFirst().keySet());
        var columns = new ArrayList<Column>();
        names.forEach(column -> columns.add(new Column(
                column, MessageText.label(column, "column_" + column, messages), Optional.ofNullable(formats.get(column)))));
        return new Table(name, MessageText.label(name, "sheet_" + name, messages), columns, rows, messages);
    }

    /** The value of a cell as people see it. */
    @Nullable Object shown(Column column, Map<String, ? extends @Nullable Object> row) {
        var value = row.get(column.name());
        return value instanceof String text && column.format().equals(Optional.of(ColumnFormat.LABEL))
                ? MessageText.label(text, column.name() + "_" + text, messages)
                : value;
    }
}
