package io.weekly.render.chart;

import io.weekly.render.brand.Brand;
import io.weekly.render.pdf.Pdf;
import io.weekly.render.template.ReportTemplate;
import io.weekly.render.text.Formats;
import io.weekly.render.text.ServiceMessages;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Charts for a visual check: {@code main} writes PDFs in several languages and colours, with extreme data, to {@code target/charts}. */
public final class ChartSamples {
    public static final LocalDate MONDAY = LocalDate.of(2026, 11, 16);
    static final String LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";

    private static final String HEAD = """
            <html><head><style>@page { size: A4; margin: 14mm 18mm; } * { margin: 0; padding: 0 }
            body { font-family: "Noto Sans"; font-size: 10pt; color: #1b1f24 }
            h2 { font-size: 12pt; color: {brand.ink}; padding: 8pt 0 4pt 0 }
            table { border-collapse: collapse; width: 100%; font-size: 9pt }
            td { border-bottom: 0.5pt solid #e3e6ea; padding: 3pt 5pt } p { font-size: 8pt; color: #5b646e; padding-top: 9pt }
            </style></head><body>
            """;
    private static final String USUAL = HEAD + """
            {#chart type="kpi" data=kpis x="metric" y="value" compare="previous" /}
            <h2>Bars</h2>
            {#chart type="bars" data=days x="day" y="value" compare="previous" label="weekday" legend=m.this_week
            compareLegend=m.last_week /}
            <h2>Stacked</h2>{#chart type="stacked" data=channels x="day" y="value" series="channel" label="weekday" currency="EUR" /}
            <h2>Trend</h2>{#chart type="trend" data=weeks x="monday" y="value" label="week" height=150 /}
            <h2>Donut</h2>{#chart type="donut" data=shares x="name" y="value" currency="EUR" /}
            <h2>Lines</h2>{#chart type="line" data=channels x="day" y="value" series="channel" height=170 /}
            <h2>Line, compared</h2>
            {#chart type="line" data=days x="day" y="value" compare="previous" label="weekday" currency="EUR" height=150 legend=m.this_week
            compareLegend=m.last_week /}
            <h2>Sparklines</h2><table>{#for row in rows}<tr><td>{row.name}</td><td>{#chart type="sparkline" data=row.trend /}</td>
            <td>{row.value.figure}</td></tr>{/for}</table>
            <h2>Side by side</h2><table><tr>
            <td>{#chart type="bars" data=days x="day" y="value" compare="previous" label="weekday" width=300 height=150 /}</td>
            <td>{#chart type="donut" data=shares x="name" y="value" format="money" currency="USD" width=300 height=150 /}</td></tr></table>
            <table style="width: 50%"><tr>
            <td>{#chart type="stacked" data=channels x="day" y="value" series="channel" label="weekday" /}</td></tr></table>
            </body></html>
            """;

    private ChartSamples() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of("target/charts"));
        Map<String, String[]> variants = Map.of("en-blue", new String[] {"en", "#0b5cad"}, "de-yellow", new String[] {"de", "#ffe14d"},
                "pl-dark", new String[] {"pl", "#1b1f24"},
                "fr-grey", new String[] {"fr", "#8a8a8a"}, "es-green", new String[] {"es", "#0f766e"});
        for (Map.Entry<String, String[]> variant : variants.entrySet()) {
            write(folder.resolve(variant.getKey() + ".pdf"), USUAL, usual(), variant.getValue()[0], variant.getValue()[1]);
        }
        StringBuilder ugly = new StringBuilder(HEAD);
        Map<String, Object> data = new HashMap<>();
        ugly().forEach((name, rows) -> {
            data.put(name, rows);
            ugly.append("<h2>").append(name).append("</h2>");
            for (String kind : List.of("bars", "line", "stacked", "donut")) {
                ugly.append("<div style=\"page-break-inside: avoid\">").append(tag(kind, name)).append("</div>");
            }
            ugly.append("<div style=\"page-break-inside: avoid\">").append(tag("kpi", name)).append("</div><p>x ")
                    .append(tag("sparkline", name)).append(" y</p>");
        });
        write(folder.resolve("ugly.pdf"), ugly + "</body></html>", data, "de", "#c2410c");
    }

    public static String tag(String kind, String data) {
        return switch (kind) {
            case "stacked", "lines" -> "{#chart type=\"" + (kind.equals("lines") ? "line" : kind) + "\" data=" + data
                    + " x=\"x\" y=\"y\" series=\"s\" height=120 /}";
            case "donut" -> "{#chart type=\"donut\" data=" + data + " x=\"x\" y=\"y\" height=150 /}";
            case "kpi" -> "{#chart type=\"kpi\" data=" + data + " x=\"x\" y=\"y\" compare=\"c\" /}";
            case "sparkline" -> "{#chart type=\"sparkline\" data=" + data + " x=\"x\" y=\"y\" /}";
            default -> "{#chart type=\"" + kind + "\" data=" + data
                    + " x=\"x\" y=\"y\" compare=\"c\" legend=\"l\" compareLegend=\"c\" height=120 /}";
        };
    }

    private static void write(Path file, String template, Map<String, Object> data, String language, String colour) throws IOException {
        Locale locale = Locale.forLanguageTag(language);
        Map<String, String> messages = new HashMap<>(ServiceMessages.of(locale));
        messages.put("metric_revenue",
                Map.of("de", "Umsatz", "pl", "Przychody", "fr", "Chiffre d’affaires", "es", "Ingresos").getOrDefault(language, "Revenue"));
        String page = ReportTemplate.parse("sample/report.html", template).compose(data, messages, new Formats(locale), Brand.of(colour));
        Files.write(file, new Pdf().render("sample/report.html", page));
        Files.writeString(Path.of(file.toString().replace(".pdf", ".html")), page);
    }

    static Map<String, Object> usual() {
        double[] now = {9800.5, 11240, 10630, 12890.25, 15400, 16252.7, 8000};
        double[] before = {10200, 10050, 9900, 11800, 14100.1, 15300, 7600};
        List<Map<String, Object>> days = new ArrayList<>();
        List<Map<String, Object>> channels = new ArrayList<>();
        String[] names = {"Online", "Filialen", "Großhandel", "Marktplatz", "Abos"};
        for (int i = 0; i < 7; i++) {
            days.add(row("day", MONDAY.plusDays(i), "value", BigDecimal.valueOf(now[i]), "previous", BigDecimal.valueOf(before[i])));
            for (int s = 0; s < names.length; s++) {
                channels.add(row("day", MONDAY.plusDays(i), "channel", names[s], "value",
                        i == 6 && s == 2 ? null : BigDecimal.valueOf(now[(i + s * 3) % 7] / (s + 1.5))));
            }
        }
        double[] trend = {61200, 64100, 63050, 70210, 74400, 72100, 78950.1, 84213.45};
        List<Map<String, Object>> weeks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            weeks.add(row("monday", MONDAY.minusWeeks(7 - i), "value", BigDecimal.valueOf(trend[i])));
        }
        List<Map<String, Object>> shares = new ArrayList<>();
        List<Map<String, Object>> rows = new ArrayList<>();
        String[] products = {"Espresso beans", "House blend", "Cold brew, 6 bottles", "Filters", "Gift cards",
            "Kenya AA", "Decaf", "Grinder", "Mugs"};
        for (int i = 0; i < products.length; i++) {
            shares.add(row("name", products[i], "value", BigDecimal.valueOf(20000.0 / (i + 1))));
            if (i < 4) {
                rows.add(row("name", products[i], "value", BigDecimal.valueOf(20000.0 / (i + 1)),
                        "trend", i == 2 ? "3,4,,5,9,2" : "[" + i + ", 4, 6, 5, " + 3 * i + ", 9]"));
            }
        }
        return Map.of("kpis", List.of(
                row("metric", "revenue", "value", new BigDecimal("84213.45"), "previous", new BigDecimal("78950.1"), "currency", "EUR"),
                row("metric", "orders", "value", 1284L, "previous", 1311L),
                row("metric", "return_rate", "value", 0.0312, "previous", 0.0312, "format", "percent"),
                row("metric", "visitors", "value", 20455L, "previous", null)),
                "days", days, "channels", channels, "weeks", weeks, "shares", shares, "rows", rows);
    }

    /** Name of the case → rows with x, y, c (compare) and s (series). */
    public static Map<String, List<Map<String, Object>>> ugly() {
        Map<String, List<Map<String, Object>>> all = new LinkedHashMap<>();
        all.put("none", List.of());
        all.put("onePoint", List.of(row("x", MONDAY, "y", 5, "c", 4, "s", "a")));
        all.put("allZero", of(0.0, 0.0, 0.0));
        all.put("allEqual", of(7.0, 7.0, 7.0, 7.0));
        all.put("allNull", of(null, null));
        all.put("gaps", of(4.0, null, 6.0, null, null, 3.0, 5.0, null));
        all.put("huge", of(1e15, 3.2e15, 2.1e15));
        all.put("beyond", of(1e308, 1e308, 5.0, -1e308, 4.9e-324));
        all.put("tiny", of(1e-6, 3.4e-6, 2e-6));
        all.put("negative", of(-5.0, 12.0, -20.0, 3.0, 8.0));
        all.put("close", of(1_000_100.0, 1_000_120.0, 1_000_105.0));
        List<Map<String, Object>> many = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            many.add(row("x", MONDAY.plusDays(i), "y", 100 + 80 * Math.sin(i / 9.0) + i % 7 * 9,
                    "c", 90 + 60 * Math.sin(i / 8.0), "s", "series " + i % 9));
        }
        all.put("many", many);
        List<Map<String, Object>> names = new ArrayList<>();
        String[] texts = {LONG, "<b>&amp;</b> {tenant}", "שלום עולם", "Кофе 🎉 日本", "", "x".repeat(3000), "Ελληνικός καφές"};
        for (int i = 0; i < texts.length; i++) {
            names.add(row("x", texts[i], "y", 70 - 9 * i, "c", 60, "s", texts[i]));
        }
        all.put("names", names);
        return all;
    }

    private static List<Map<String, Object>> of(Double... values) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            rows.add(row("x", "Name " + i, "y", values[i] == null ? null : BigDecimal.valueOf(values[i]),
                    "c", values[i] == null ? null : BigDecimal.valueOf(values[i] * 0.9), "s", "Series " + i % 3));
        }
        return rows;
    }

    public static Map<String, Object> row(Object... columns) {
        Map<String, Object> row = new HashMap<>();
        for (int i = 0; i < columns.length; i += 2) {
            row.put(columns[i].toString(), columns[i + 1]);
        }
        return row;
    }
}
