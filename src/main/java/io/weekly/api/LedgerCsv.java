package io.weekly.api;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.weekly.render.sheet.Csv;
import io.weekly.run.Ledgers.Line;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines of a ledger as CSV (RFC 4180). */
final class LedgerCsv {

    /** The names of the columns. */
    static final byte[] HEAD = write(List.of(List.of(
            "recipient", "report", "status", "generatedAt", "deliveredAt", "to", "messageId", "outcome", "attempts", "unknownBefore",
            "detail")));

    static final String EXAMPLE =
            """
            recipient,report,status,generatedAt,deliveredAt,to,messageId,outcome,attempts,unknownBefore,detail
            u-17,019ab2f07c1e7d3a9f4be2a1c05d6e7f,delivered,2026-11-23T11:30:03Z,2026-11-23T11:30:04Z,ann@acme.test,,accepted,1,false,
            """;

    private LedgerCsv() {}

    static byte[] lines(List<Line> lines) {
        return write(lines.stream().map(LedgerCsv::fields).toList());
    }

    private static List<String> fields(Line line) {
        return List.of(
                text(line.recipient()),
                line.report(),
                line.status(),
                text(line.generatedAt()),
                text(line.deliveredAt()),
                text(line.to()),
                text(line.messageId()),
                text(line.outcome()),
                Integer.toString(line.attempts()),
                Boolean.toString(line.unknownBefore()),
                text(line.detail()));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : Csv.text(value);
    }

    private static byte[] write(List<List<String>> records) {
        var text = new StringWriter();
        try (var csv = CsvWriter.builder().build(text)) {
            records.forEach(csv::writeRecord);
        } catch (IOException e) {
            throw new UncheckedIOException("a text could not be written to memory", e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
