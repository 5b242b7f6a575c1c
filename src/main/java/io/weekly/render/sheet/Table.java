package io.weekly.render.sheet;

import io.weekly.render.text.MessageText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A dataset as a spreadsheet shows it.
 *
 * @param name of the dataset
 * @param title for people: the message {@code sheet_<name>}, or the name made presentable
 * @param rows column name → Long, BigDecimal, String, LocalDate, LocalDateTime or null
 * @param messages in the reader's language, for the labels of names that the data have
 */
public record Table(String name, String title, List<Column> columns, List<Map<String, Object>> rows, Map<String, String> messages) {
    /**
     * One of its columns.
     *
     * @param heading for people: the message {@code column_<name>}, or the name made presentable
     * @param format that was asked for; without one the values decide
     */
    public record Column(String name, String heading, Optional<ColumnFormat> format) {}

    /**
     * The columns stand in the order of the query. Where there are no rows it is not known what the query would have given, so they are
     * those that have a format.
     */
    public static Table of(
            String name, List<Map<String, Object>> rows, Map<String, ColumnFormat> formats, Map<String, String> messages) {
        var names = new LinkedHashSet<String>(rows.isEmpty() ? formats.keySet() : rows.getFirst().keySet());
        var columns = new ArrayList<Column>();
        names.forEach(column -> columns.add(new Column(
                column, MessageText.label(column, "column_" + column, messages), Optional.ofNullable(formats.get(column)))));
        return new Table(name, MessageText.label(name, "sheet_" + name, messages), columns, rows, messages);
    }

    /** What people are shown of a cell. */
    Object shown(Column column, Map<String, Object> row) {
        var value = row.get(column.name());
        return value instanceof String text && column.format().equals(Optional.of(ColumnFormat.LABEL))
                ? MessageText.label(text, column.name() + "_" + text, messages)
                : value;
    }
}
