package io.weekly.definition;

import io.weekly.definition.ReportFacts.Recipient;
import io.weekly.definition.ReportFacts.Tenant;
import io.weekly.render.pdf.Pdf;
import io.weekly.report.Period;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sample figures. {@code main} writes the PDF and the mail of each built-in definition and case into {@code target/samples}. */
public final class Samples {
    static final LocalDate MONDAY = LocalDate.of(2026, 11, 16);
    static final Instant AS_OF = Instant.parse("2026-11-23T05:00:00Z");
    static final String LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".substring(0, 80);

    private Samples() {}

    public static void main(String[] arguments) throws IOException {
        for (Definition definition : new Definitions(Optional.empty()).all()) {
            Path folder = Files.createDirectories(Path.of("target/samples", definition.name()));
            for (Map.Entry<String, Sample> sample : all(definition.name()).entrySet()) {
                write(definition, sample.getKey(), sample.getValue(), folder);
            }
        }
    }

    /** The built-in definitions, for tests in other packages. */
    public static Definitions definitions() {
        return new Definitions(Optional.empty());
    }

    private static void write(Definition definition, String name, Sample sample, Path folder) throws IOException {
        String page = ReportPage.of(definition, sample.figures, sample.facts);
        var pdf = new Pdf().render(definition.file("report.html"), page, sample.facts.tenant().logo(), Optional.empty()).bytes();
        Files.write(folder.resolve(name + ".pdf"), pdf);
        MailText mail = MailText.of(definition, sample.figures, sample.facts, Optional.empty());
        Files.writeString(folder.resolve(name + ".html"), mail.html());
        Files.writeString(folder.resolve(name + ".txt"), mail.subject() + "\n\n" + mail.text());
    }

    record Sample(ReportFacts facts, Map<String, List<Map<String, Object>>> figures) {}

    /** The cases of a built-in definition, each with that definition's figures. */
    public static Map<String, Sample> all(String definition) {
        return definition.equals("usage-digest") ? DigestSamples.all() : all();
    }

    /** The figures of a usual week. */
    static Map<String, List<Map<String, Object>>> figures(String definition) {
        return definition.equals("usage-digest") ? DigestSamples.scaled(BigDecimal.ONE) : usual();
    }

    public static Map<String, Sample> all() {
        Map<String, Sample> all = new HashMap<>();
        all.put("normal-en", new Sample(facts("Acme Roasters", "#0b5cad", "Ann Bell", "en"), usual()));
        all.put("normal-de", new Sample(facts("Kaffeerösterei Müller & Söhne", "#7a1f5c", "Jörg Groß", "de"), usual()));
        all.put("normal-fr", new Sample(facts("Torréfaction d’Île-de-France", "#0f766e", "Zoé Lefèvre", "fr"), usual()));
        all.put("normal-es", new Sample(facts("Café de la Montaña", "#b45309", "Íñigo Muñoz", "es"), usual()));
        all.put("normal-pl", new Sample(facts("Palarnia Źródło", "#1d4ed8", "Łukasz Żółć", "pl"), usual()));
        all.put("few", new Sample(facts("Acme Roasters", "#0b5cad", "Ann Bell", "en"), few()));
        all.put("yellow", new Sample(facts("Sunny Goods", "#ffe14d", "Ann Bell", "en"), usual()));
        all.put("nothing", new Sample(facts("Acme Roasters", "#0b5cad", "Ann Bell", "en"), none()));
        all.put("huge", new Sample(facts("Großkonzern", "#1b1f24", "Ann Bell", "de"), scaled(new BigDecimal("123456789.01"))));
        all.put("greatest", new Sample(facts("Großkonzern", "#c2410c", "Ann Bell", "de"), scaled(new BigDecimal("987654321012345"))));
        all.put("negative", new Sample(facts("Refunds Ltd", "#475569", "Ann Bell", "en"), scaled(new BigDecimal("-1"))));
        all.put("long", new Sample(facts(LONG, "#166534", LONG, "en"), named(LONG)));
        all.put("long-names", new Sample(facts(LONG, "#166534", LONG, "fr"), longNames()));
        all.put("one-metric", new Sample(facts("Μικρή Εταιρεία Καφέ", "#8ecae6", "Ελένη Παπαδοπούλου", "en"), oneMetric()));
        all.put("cyrillic", new Sample(facts("Кофейня «Ёлка»", "#b91c1c", "Щукина Юлия 🎉 日本", "de"),
                named("Эспрессо «Южный ветер» — зёрна")));
        return all;
    }

    static ReportFacts facts(String tenant, String colour, String recipient, String locale) {
        return new ReportFacts(
                new Tenant("acme", tenant, colour, "Europe/Berlin"), new Recipient("u-17", recipient, "ann@acme.test", locale),
                Period.of(MONDAY), AS_OF);
    }

    static Map<String, List<Map<String, Object>>> usual() {
        return scaled(BigDecimal.ONE);
    }

    static Map<String, List<Map<String, Object>>> none() {
        return Map.of("kpis", List.of(), "days", List.of(), "daily", List.of(), "trend", List.of(), "top", List.of());
    }

    static Map<String, List<Map<String, Object>>> scaled(BigDecimal factor) {
        Map<String, List<Map<String, Object>>> figures = new HashMap<>();
        figures.put("kpis", List.of(
                kpi("revenue", "84213.4500", "78950.1000", factor), kpi("orders", "1284.0000", "1311.0000", factor),
                kpi("customers", "912.0000", "912.0000", factor), kpi("visitors", "20455.0000", null, factor)));
        List<Map<String, Object>> days = new ArrayList<>();
        List<Map<String, Object>> trend = new ArrayList<>();
        double[] now = {9800.5, 11240, 10630, 12890.25, 15400, 16252.7, 8000};
        double[] before = {10200, 10050, 9900, 11800, 14100.1, 15300, 7600};
        for (int i = 0; i < 7; i++) {
            Map<String, Object> day = row("day", MONDAY.plusDays(i), "value", times(now[i], factor), "previous", times(before[i], factor));
            day.put("metric", "revenue");
            days.add(day);
        }
        double[] weeks = {61200, 64100, 63050, 70210, 74400, 72100, 78950.1, 84213.45};
        for (int i = 0; i < 8; i++) {
            trend.add(row("monday", MONDAY.minusWeeks(7 - i), "value", times(weeks[i], factor)));
        }
        figures.put("days", days);
        figures.put("daily", daily(factor));
        figures.put("trend", trend);
        figures.put("top", top("Espresso beans", factor));
        return figures;
    }

    /** The figures of a small customer: two products and three days. */
    static Map<String, List<Map<String, Object>>> few() {
        Map<String, List<Map<String, Object>>> figures = usual();
        figures.put("top", figures.get("top").subList(0, 2));
        figures.put("daily", figures.get("daily").subList(0, 3));
        return figures;
    }

    private static List<Map<String, Object>> daily(BigDecimal factor) {
        List<Map<String, Object>> daily = new ArrayList<>();
        for (String metric : List.of("revenue", "orders", "customers", "visitors")) {
            for (int day = -7; day < 7; day++) {
                double value = 1000 + 400 * Math.sin(day * 0.9 + metric.length()) + 30 * day;
                daily.add(row("metric", metric, "day", MONDAY.plusDays(day), "value", times(value, factor)));
            }
        }
        return daily;
    }

    static Map<String, List<Map<String, Object>>> named(String dimension) {
        Map<String, List<Map<String, Object>>> figures = usual();
        figures.put("top", top(dimension, BigDecimal.ONE));
        return figures;
    }

    /** Nineteen names and metrics, each with the most characters that the source allows. */
    static Map<String, List<Map<String, Object>>> longNames() {
        String metric = "average_revenue_of_all_orders_that_were_paid_within_fourteen_day";
        Map<String, List<Map<String, Object>>> figures = usual();
        figures.put("top", top("", BigDecimal.ONE).subList(0, 19));
        figures.get("top").forEach(row -> row.put("name", "Réparations et entretien des machines à café, " + LONG + LONG));
        for (String dataset : List.of("kpis", "days", "daily", "top")) {
            figures.get(dataset).forEach(row -> row.put("metric", metric));
        }
        return figures;
    }

    static Map<String, List<Map<String, Object>>> oneMetric() {
        Map<String, List<Map<String, Object>>> figures = usual();
        figures.put("kpis", List.of(kpi("cups_of_coffee", "12.5000", "3.2000", BigDecimal.ONE)));
        figures.get("days").forEach(day -> day.put("metric", "cups_of_coffee"));
        figures.get("days").get(3).put("value", null);
        figures.get("trend").get(2).put("value", null);
        figures.put("top", List.of());
        return figures;
    }

    private static List<Map<String, Object>> top(String first, BigDecimal factor) {
        String[] names = {first, "House blend", "Cold brew, 6 bottles", "Filters", "Gift cards", "Kenya AA", "Decaf", "Milk frother",
            "Grinder", "Café crème", "Travel mug", "Tasting set", "Brush", "Kettle", "Scale", "Cups", "Syrup", "Cocoa", "Tea", "Biscuits",
            "Workshops", "Repairs", "Rental", "Delivery", "Other"};
        List<Map<String, Object>> top = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            BigDecimal value = times(20000.0 / (i + 1), factor);
            BigDecimal previous = i % 7 == 4 ? null : times(20000.0 / (i + 1) * (0.8 + i % 5 * 0.1), factor);
            Map<String, Object> row = row("name", names[i], "value", value, "previous", previous);
            row.put("share", value.divide(times(76319, factor), MathContext.DECIMAL32));
            row.put("metric", "revenue");
            top.add(row);
        }
        return top;
    }

    private static Map<String, Object> kpi(String metric, String value, String previous, BigDecimal factor) {
        return row("metric", metric, "value", new BigDecimal(value).multiply(factor),
                "previous", previous == null ? null : new BigDecimal(previous).multiply(factor));
    }

    private static BigDecimal times(double value, BigDecimal factor) {
        return BigDecimal.valueOf(value).multiply(factor);
    }

    static Map<String, Object> row(Object... columns) {
        Map<String, Object> row = new HashMap<>();
        for (int i = 0; i < columns.length; i += 2) {
            row.put(columns[i].toString(), columns[i + 1]);
        }
        return row;
    }
}
