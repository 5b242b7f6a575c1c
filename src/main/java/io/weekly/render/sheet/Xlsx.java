package io.weekly.render.sheet;

import io.weekly.render.RenderException;
import io.weekly.render.brand.Brand;
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

/**
 * Tables as an Excel workbook, a sheet each: typed cells, a frozen heading in the tenant's colour, a filter. Blocking: to be called on the
 * render pool only. Texts are inline strings, so nothing in the data is ever a formula.
 *
 * <p>Traps: cells are held until {@code flush}, so it comes every thousand rows; {@code value(String)} would hold every distinct text to
 * the end; widths and panes are written with the first flush, so they come before it; the library writes its application's name as
 * the author, so the tenant is both; it keeps the blanks at the ends of rich texts only.
 */
public final class Xlsx {
    static final int MOST_ROWS = Worksheet.MAX_ROWS - 1;
    private static final int ROWS_HELD = 1_000;
    /** What is before has no number in Excel, or another one than elsewhere: it takes 1900 for a leap year. */
    private static final LocalDate FIRST_DAY = LocalDate.of(1900, 3, 1);

    private Xlsx() {}

    /**
     * What a workbook says of itself, and how it looks.
     *
     * @param currency of the columns that are money, a code such as EUR
     */
    public record Look(String title, String author, Brand brand, Optional<String> currency) {}

    /**
     * {@code file} is what an error names, as in {@code weekly-business}.
     *
     * @throws RenderException where a table has more rows or columns than a sheet
     */
    public static byte[] render(String file, List<Table> tables, Look look) {
        var bytes = new ByteArrayOutputStream(64 * 1024);
        try (var workbook = new Workbook(bytes, CellText.fit(look.author()), null)) {
            workbook.properties().setTitle(CellText.fit(look.title())).setCompany(CellText.fit(look.author()));
            var names = new SheetNames();
            for (var table : tables) {
                checkSize(file, table);
                new Sheet(workbook.newWorksheet(names.of(table.title())), table, look).write();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a workbook could not be written to memory", e);
        }
        return bytes.toByteArray();
    }

    private static void checkSize(String file, Table table) {
        if (table.rows().size() > MOST_ROWS || table.columns().size() > Worksheet.MAX_COLS) {
            throw new RenderException(
                    file + "/" + table.name(), 0,
                    "has %d rows and %d columns, and a sheet takes %d and %d: leave it out with sheet: false".formatted(
                            table.rows().size(), table.columns().size(), MOST_ROWS, Worksheet.MAX_COLS),
                    null);
        }
    }

    private record Sheet(Worksheet sheet, Table table, Look look) {
        void write() throws IOException {
            var formats = ColumnLook.of(table, look.currency());
            for (int i = 0; i < formats.size(); i++) {
                sheet.width(i, formats.get(i).width());
            }
            sheet.freezePane(0, 1);
            sheet.repeatRows(0);
            sheet.paperSize(PaperSize.A4_PAPER);
            heading();
            for (int i = 0; i < table.rows().size(); i++) {
                row(i + 1, table.rows().get(i), formats);
                if (i % ROWS_HELD == ROWS_HELD - 1) {
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
                sheet.style(0, i).bold().fillColor(look.brand().fill().substring(1)).fontColor(look.brand().onFill().substring(1)).set();
            }
        }

        private void row(int at, Map<String, Object> row, List<ColumnLook> formats) {
            for (int i = 0; i < formats.size(); i++) {
                cell(at, i, table.shown(table.columns().get(i), row), formats.get(i).pattern(table, row));
            }
        }

        private void cell(int row, int column, Object value, String pattern) {
            switch (value) {
                case null -> {}
                case Number number -> CellNumber.of(number).ifPresentOrElse(
                        held -> number(row, column, held, pattern), () -> sheet.inlineString(row, column, CellNumber.text(number)));
                case LocalDateTime time when time.toLocalDate().isBefore(FIRST_DAY) -> text(row, column, time.toString().replace('T', ' '));
                case LocalDate day when day.isBefore(FIRST_DAY) -> text(row, column, day.toString());
                case LocalDateTime time -> {
                    sheet.value(row, column, time);
                    sheet.style(row, column).format("yyyy-mm-dd hh:mm:ss").set();
                }
                case LocalDate day -> {
                    sheet.value(row, column, day);
                    sheet.style(row, column).format("yyyy-mm-dd").set();
                }
                default -> text(row, column, CellText.fit(value.toString()));
            }
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
