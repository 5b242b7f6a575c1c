package io.weekly.render.sheet;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.BitSet;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Tables as CSV, for machines: RFC 4180, the columns by the names of the query, a point in decimals, ISO 8601 days and times, in whatever
 * language the report is. UTF-8 with a byte order mark, without which Excel takes it for the code page of its country. Several are a
 * ZIP of files named as their datasets.
 *
 * <p>Text that a spreadsheet would compute gets an apostrophe in front (OWASP, CSV injection; full-width signs included). So does what
 * follows a semicolon, a tab, a bar or a line's end inside of a text: where a spreadsheet splits by one of those, a cell begins there.
 * Numbers stay numbers, a minus included.
 */
public final class Csv {
    private static final String SIGNS = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";
    private static final String SEPARATORS = ";\t\r\n|";
    /** A ZIP knows no other zone than the reader's, and the same figures have to be the same bytes. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private Csv() {}

    /** One table. */
    public static byte[] render(Table table) {
        var bytes = new ByteArrayOutputStream(16 * 1024);
        write(table, bytes);
        return bytes.toByteArray();
    }

    /** A ZIP of them. */
    public static byte[] zip(List<Table> tables) {
        var bytes = new ByteArrayOutputStream(16 * 1024);
        try (var zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (var table : tables) {
                var entry = new ZipEntry(table.name() + ".csv");
                entry.setTimeLocal(TIME);
                zip.putNextEntry(entry);
                write(table, zip);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a ZIP could not be written to memory", e);
        }
        return bytes.toByteArray();
    }

    private static void write(Table table, OutputStream out) {
        try {
            Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            text.write('\uFEFF');
            var csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text);
            csv.writeRecord(table.columns().stream().map(column -> text(column.name())).toList());
            for (var row : table.rows()) {
                csv.writeRecord(table.columns().stream().map(column -> field(row.get(column.name()))).toList());
            }
            csv.flush();
            text.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("a text could not be written to memory", e);
        }
    }

    private static String field(Object value) {
        return switch (value) {
            case null -> "";
            case Number number -> CellNumber.shortest(number);
            case String text -> text(text);
            case LocalDateTime time -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
            default -> value.toString();
        };
    }

    /** What no XML, and so no workbook, has a character for is U+FFFD here too: readers of CSV end a text at a NUL. */
    private static String text(String text) {
        return CellText.visible(defused(text));
    }

    /** One pass from its end: to look ahead from each separator, a text of many line breaks would take minutes. */
    static String defused(String text) {
        BitSet apostrophes = new BitSet();
        boolean computed = false;
        int c;
        for (int at = text.length(); at > 0; at -= Character.charCount(c)) {
            c = text.codePointBefore(at);
            if (computed && SEPARATORS.indexOf(c) >= 0) {
                apostrophes.set(at);
            }
            computed = SIGNS.indexOf(c) >= 0 || computed && isSkipped(c);
        }
        if (computed || !text.isEmpty() && "\t\r\n\0".indexOf(text.charAt(0)) >= 0) {
            apostrophes.set(0);
            apostrophes.clear(1);
        }
        return apostrophes.isEmpty() ? text : with(apostrophes, text);
    }

    private static boolean isSkipped(int c) {
        return c <= ' ' || c == 0x7f || Character.getType(c) == Character.FORMAT;
    }

    private static String with(BitSet apostrophes, String text) {
        StringBuilder defused = new StringBuilder(text.length() + apostrophes.cardinality());
        int from = 0;
        for (int at = apostrophes.nextSetBit(0); at >= 0; at = apostrophes.nextSetBit(at + 1)) {
            defused.append(text, from, at).append('\'');
            from = at;
        }
        return defused.append(text, from, text.length()).toString();
    }
}
