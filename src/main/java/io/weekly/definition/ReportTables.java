package io.weekly.definition;

import io.weekly.render.brand.Brand;
import io.weekly.render.sheet.Csv;
import io.weekly.render.sheet.Table;
import io.weekly.render.sheet.Xlsx;
import io.weekly.report.FileType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A definition and its figures become the spreadsheet of one recipient's report, or its CSV: the same figures as in the page. */
public final class ReportTables {
    private ReportTables() {}

    /** As an Excel workbook. {@code figures} as in {@link ReportPage#of}. */
    public static byte[] xlsx(Definition definition, Map<String, List<Map<String, Object>>> figures, ReportFacts facts) {
        var title = definition.messages(facts.locale()).getOrDefault("title", definition.title());
        var look = new Xlsx.Style(
                "%s %s".formatted(title, facts.period().week()), facts.tenant().name(), Brand.of(facts.tenant().color()), currency(definition));
        return Xlsx.render(definition.name(), of(definition, figures, facts), look);
    }

    /** Of the columns that are money: a constant of the definition, where it has one. */
    private static Optional<String> currency(Definition definition) {
        return Optional.ofNullable(definition.parameters().get("currency"))
                .map(Object::toString)
                .filter(code -> code.matches("[A-Z]{3}"));
    }

    /** As a CSV where there is one table, else as a ZIP of them; {@link #csvType} says which. */
    public static byte[] csv(Definition definition, Map<String, List<Map<String, Object>>> figures, ReportFacts facts) {
        var tables = of(definition, figures, facts);
        return tables.size() == 1 ? Csv.render(tables.getFirst()) : Csv.zip(tables);
    }

    /** What {@link #csv} makes. */
    public static FileType csvType(Definition definition) {
        return definition.datasets().values().stream().filter(Dataset::sheet).count() == 1 ? FileType.CSV : FileType.ZIP;
    }

    private static List<Table> of(Definition definition, Map<String, List<Map<String, Object>>> figures, ReportFacts facts) {
        var messages = definition.messages(facts.locale());
        return definition.datasets().values().stream()
                .filter(Dataset::sheet)
                .map(dataset -> Table.of(dataset.name(), figures.get(dataset.name()), dataset.columns(), messages))
                .toList();
    }
}
