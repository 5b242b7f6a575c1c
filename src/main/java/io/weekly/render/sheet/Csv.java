package io.weekly.render.sheet;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.weekly.render.RenderStopped;
import io.weekly.render.text.DateTimeText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes tables as CSV for machines (RFC 4180). The format does not depend on the language of the report: columns have the names of the
 * query, decimals have a point, days are ISO 8601, and times are as in {@link DateTimeText}. The encoding is UTF-8 with a byte order
 * mark, because without the mark Excel assumes another encoding. Several tables become a ZIP with one file for each dataset.
 *
 * <p>Texts go through {@link FormulaGuard}. Numbers do not, so a negative number stays a number.
 */
public final class Csv {
    /** A fixed time: the same figures must give the same bytes. A ZIP holds a local time without a zone. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private Csv() {}

    /** One table as a CSV file. */
    public static byte[] render(Table table) {
        var bytes = new ByteArrayOutputStream(16 * 1024);
        write(table, bytes);
        return bytes.toByteArray();
    }

    /** A ZIP that holds one CSV file for each table. */
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
                RenderStopped.ifInterrupted();
                csv.writeRecord(table.columns().stream().map(column -> field(row.get(column.name()))).toList());
            }
            csv.flush();
            text.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("a text could not be written to memory", e);
        }
    }

    private static String field(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case Number number -> CellNumber.shortest(number);
            case String text -> text(text);
            case LocalDateTime time -> DateTimeText.of(time);
            default -> value.toString();
        };
    }

    /**
     * The text as a CSV file holds it. A place where a formula could begin gets an apostrophe. Control characters become U+FFFD, as in a
     * workbook: some CSV readers end a text at a NUL.
     */
    public static String text(String text) {
        return CellText.visible(FormulaGuard.defuse(text));
    }
}
