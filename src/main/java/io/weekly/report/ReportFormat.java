package io.weekly.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A format in which a report can be ordered. The files of a report can have other types as well, see {@link FileType}. */
public enum ReportFormat {
    PDF,
    XLSX,
    CSV;

    /** Its name in the database and in JSON. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for a name that is no format */
    public static ReportFormat of(String text) {
        return Arrays.stream(values())
                .filter(format -> format.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no report format: " + text));
    }

    /** The formats with these names, in their order. */
    public static List<ReportFormat> listOf(List<String> names) {
        return names.stream().map(ReportFormat::of).toList();
    }

    /** The formats of a column: their names, separated by commas. */
    public static List<ReportFormat> ofColumn(String column) {
        return listOf(List.of(column.split(",")));
    }

    /** The column's value for these formats. */
    public static String column(List<ReportFormat> formats) {
        return formats.stream().map(ReportFormat::text).collect(Collectors.joining(","));
    }

    /** The names of these formats. */
    public static List<String> names(List<ReportFormat> formats) {
        return formats.stream().map(ReportFormat::text).toList();
    }
}
