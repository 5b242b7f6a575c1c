package io.weekly.render.sheet;

import io.weekly.render.RenderException;
import io.weekly.render.RenderStopped;
import io.weekly.render.brand.Brand;
import io.weekly.render.text.DateTimeText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dhatim.fastexcel.PaperSize;
import org.dhatim.fastexcel.RichText;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * Writes tables as an Excel workbook, with one sheet for each table: typed cells, a frozen heading in the tenant's colour, and a filter.
 * Blocking: call it on the render pool only. Texts are inline strings, so data never become a formula.
 *
 * <p>Traps of the library: it keeps cells in memory until {@code flush}, so this class flushes after every thousand rows.
 * {@code value(String)} keeps every distinct text in memory until the end, so it is not used. Widths and panes are written with the first
 * flush, so they are set before it. The library uses one value for the author and the application of a workbook; it is the tenant here. It
 * keeps spaces at the start and end of a text only in rich texts.
 */
public final class Xlsx {
    static final int MAX_ROWS = Worksheet.MAX_ROWS - 1;
    private static final int ROWS_PER_FLUSH = 1_000;
    /** Earlier days become texts: Excel has no number for them, or a wrong one, because it treats 1900 as a leap year. */
    private static final LocalDate FIRST_DAY = LocalDate.of(1900, 3, 1);
    /** Excel shows three decimals of a second. A time with more becomes a text. */
    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final int WHOLE_SECONDS = "yyyy-mm-dd hh:mm:ss".length();

    private Xlsx() {}

    /**
     * The properties and colours of a workbook.
     *
     * @param currency of the columns with the format {@code money}, an ISO 4217 code
     */
    public record Style(String title, String author, Brand brand, Optional<String> currency) {}

    /**
     * Writes a workbook. Errors name {@code file}, such as {@code weekly-business}.
     *
     * @throws RenderException if a table has more rows or columns than a sheet can hold
     */
    public static byte[] render(String file, List<Table> tables, Style style) {
        var bytes = new ByteArrayOutputStream(64 * 1024);
        try (var workbook = new Workbook(bytes, CellText.fit(style.author()), null)) {
            workbook.properties().setTitle(CellText.fit(style.title())).setCompany(CellText.fit(style.author()));
            var names = new SheetNames();
            for (var table : tables) {
                checkSize(file, table);
                new Sheet(workbook.newWorksheet(names.of(table.title())), table, style).write();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a workbook could not be written to memory", e);
        }
        return bytes.toByteArray();
    }

    private static void checkSize(String file, Table table) {
        if (table.rows().size() > MAX_ROWS || table.columns().size() > Worksheet.MAX_COLS) {
            throw new RenderException(
                    file + "/" + table.name(), 0,
                    "has %d rows and %d columns; a sheet can hold %d and %d. Leave it out with sheet: false".formatted(
                            table.rows().size(), table.columns().size(), MAX_ROWS, Worksheet.MAX_COLS),
                    null);
        }
    }

    private record Sheet(Worksheet sheet, Table table, Style style) {
        void write() throws IOException {
            var formats = ColumnStyle.of(table, style.currency());
            for (int i = 0; i < formats.size(); i++) {
                sheet.width(i, formats.get(i).width());
            }
            sheet.freezePane(0, 1);
            sheet.repeatRows(0);
            sheet.paperSize(PaperSize.A4_PAPER);
            heading();
            for (int i = 0; i < table.rows().size(); i++) {
                RenderStopped.ifInterrupted();
                row(i + 1, table.rows().get(i), formats);
                if (i % ROWS_PER_FLUSH == ROWS_PER_FLUSH - 1) {
                    sheet.flush();
                }
            }
            if (!table.columns().isEmpty()) {
                sheet.setAutoFilter(0, 0, table.rows().size(), table.columns().size() - 1);
            }
            sheet.finish();
        }

        private void heading() {
            for (int i = 0; i < table.columns().size(); i++) {
                sheet.inlineString(0, i, CellText.fit(table.columns().get(i).heading()));
                sheet.style(0, i).bold().fillColor(style.brand().fill().substring(1)).fontColor(style.brand().onFill().substring(1)).set();
            }
        }

        private void row(int at, Map<String, ? extends @Nullable Object> row, List<ColumnStyle> formats) {
            for (int i = 0; i < formats.size(); i++) {
                cell(at, i, table.shown(table.columns().get(i), row), formats.get(i).pattern(table, row));
            }
        }

        private void cell(int row, int column, @Nullable Object value, String pattern) {
            switch (value) {
                case null -> {}
                case Number number -> CellNumber.of(number).ifPresentOrElse(
                        exact -> number(row, column, exact, pattern), () -> sheet.inlineString(row, column, CellNumber.text(number)));
                case LocalDateTime time when time.toLocalDate().isBefore(FIRST_DAY) || time.getNano() % NANOS_PER_MILLI != 0 ->
                        text(row, column, DateTimeText.of(time));
                case LocalDate day when day.isBefore(FIRST_DAY) -> text(row, column, day.toString());
                case LocalDateTime time -> {
                    sheet.value(row, column, time);
                    sheet.style(row, column).format("yyyy-mm-dd hh:mm:ss" + decimals(time)).set();
                }
                case LocalDate day -> {
                    sheet.value(row, column, day);
                    sheet.style(row, column).format("yyyy-mm-dd").set();
                }
                default -> text(row, column, CellText.fit(value.toString()));
            }
        }

        /** The decimals of the second that {@link DateTimeText} writes too. */
        private static String decimals(LocalDateTime time) {
            var text = DateTimeText.of(time);
            return text.substring(WHOLE_SECONDS).replaceAll("\\d", "0");
        }

        private void text(int row, int column, String text) {
            if (text.equals(text.strip())) {
                sheet.inlineString(row, column, text);
            } else {
                sheet.inlineString(row, column, RichText.builder().run(text).end().build());
            }
        }

        private void number(int row, int column, BigDecimal value, String pattern) {
            sheet.value(row, column, value);
            if (!pattern.equals("General")) {
                sheet.style(row, column).format(pattern).set();
            }
        }
    }
}
