package io.weekly.definition;

import io.weekly.render.brand.Brand;
import io.weekly.render.sheet.Csv;
import io.weekly.render.sheet.Table;
import io.weekly.render.sheet.Xlsx;
import io.weekly.report.FileType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of one recipient's report, as a spreadsheet or CSV. They hold the same figures as the page. */
public final class ReportTables {
    private ReportTables() {}

    /** The tables as an Excel workbook. {@code figures} as in {@link ReportPage#of}. */
    public static byte[] xlsx(Definition definition, Map<String, List<Map<String, Object>>> figures, ReportFacts facts) {
        var title = definition.messages(facts.locale()).getOrDefault("title", definition.title());
        var style = new Xlsx.Style(
                "%s %s".formatted(title, facts.period()), facts.tenant().name(), Brand.of(facts.tenant().color()), currency(definition));
        return Xlsx.render(definition.name(), of(definition, figures, facts), style);
    }

    /** The currency of money columns: the definition's constant {@code currency}, if it has one. */
    private static Optional<String> currency(Definition definition) {
        return Optional.ofNullable(definition.parameters().get("currency"))
                .map(Object::toString)
                .filter(code -> code.matches("[A-Z]{3}"));
    }

    /** The tables as one CSV file, or as a ZIP of CSV files if there are several. {@link #csvType} says which. */
    public static byte[] csv(Definition definition, Map<String, List<Map<String, Object>>> figures, ReportFacts facts) {
        var tables = of(definition, figures, facts);
        return tables.size() == 1 ? Csv.render(tables.getFirst()) : Csv.zip(tables);
    }

    /** The type of the file that {@link #csv} returns. */
    public static FileType csvType(Definition definition) {
        return definition.datasets().values().stream().filter(Dataset::sheet).count() == 1 ? FileType.CSV : FileType.ZIP;
    }

    private static List<Table> of(Definition definition, Map<String, List<Map<String, Object>>> figures, ReportFacts facts) {
        var messages = definition.messages(facts.locale());
        return definition.datasets().values().stream()
                .filter(Dataset::sheet)
                .map(dataset -> Table.of(dataset.name(), figures.getOrDefault(dataset.name(), List.of()), dataset.columns(), messages))
                .toList();
    }
}
