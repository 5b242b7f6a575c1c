package io.weekly.definition;

import io.weekly.definition.Samples.Sample;
import io.weekly.render.brand.LogoImage;
import io.weekly.render.text.ServiceMessages;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sample figures of {@code usage-digest}. */
final class DigestSamples {
    private static final String[] METRICS = {"active_users", "sessions", "visitors", "customers", "orders", "revenue"};

    private DigestSamples() {}

    static Map<String, Sample> all() {
        Map<String, Sample> all = new HashMap<>();
        // The same people and colours as in Samples, with figures of this definition.
        Samples.all().forEach((name, sample) -> all.put(name, new Sample(sample.facts(), scaled(factor(name)))));
        all.put("nothing", new Sample(all.get("normal-en").facts(), none()));
        all.put("one-metric", new Sample(all.get("one-metric").facts(), oneMetric()));
        all.put("long", new Sample(all.get("long").facts(), named(Samples.LONG)));
        ServiceMessages.LANGUAGES.forEach(language -> all.put("most-" + language, new Sample(withLogo(language), most())));
        return all;
    }

    private static ReportFacts withLogo(String language) {
        ReportFacts facts = Samples.facts(Samples.LONG + " Gesellschaft mbH & Co. KG", "#7a1f5c", Samples.LONG, language);
        byte[] logo = "<svg xmlns='http://www.w3.org/2000/svg' width='300' height='90'><path fill='#7a1f5c' d='M0 0H300V90H0z'/></svg>"
                .getBytes(StandardCharsets.UTF_8);
        return new ReportFacts(
                new ReportFacts.Tenant(
                        "acme", facts.tenant().name(), facts.tenant().color(), facts.tenant().zone(),
                        Optional.of(LogoImage.of(LogoImage.SVG, logo))),
                facts.recipient(), facts.period(), facts.asOf());
    }

    private static BigDecimal factor(String name) {
        return switch (name) {
            case "huge" -> new BigDecimal("123456789.01");
            case "greatest" -> new BigDecimal("987654321012345");
            case "negative" -> new BigDecimal("-1");
            default -> BigDecimal.ONE;
        };
    }

    static Map<String, List<Map<String, Object>>> none() {
        return Map.of("metrics", List.of(), "weeks", List.of(), "days", List.of(), "parts", List.of());
    }

    static Map<String, List<Map<String, Object>>> scaled(BigDecimal factor) {
        Map<String, List<Map<String, Object>>> figures = new HashMap<>();
        List<Map<String, Object>> metrics = new ArrayList<>();
        List<Map<String, Object>> weeks = new ArrayList<>();
        for (int i = 0; i < METRICS.length; i++) {
            BigDecimal previous = i == 3 ? null : times(2000.0 * (i + 1) * (0.9 + i * 0.04), factor);
            Map<String, Object> metric = Samples.row("metric", METRICS[i], "value", times(2000.0 * (i + 1), factor), "previous", previous);
            metric.putAll(Samples.row("days", 7L, "best_day", Samples.MONDAY.plusDays(i), "best_value", times(400.0 * (i + 1), factor)));
            metrics.add(metric);
            for (int week = 7; week >= 0; week--) {
                BigDecimal value = i == 3 && week > 3 ? null : times(2000 * (i + 1) * (1 + 0.2 * Math.sin(week * (i + 1))), factor);
                weeks.add(Samples.row("metric", METRICS[i], "monday", Samples.MONDAY.minusWeeks(week), "value", value));
            }
        }
        List<Map<String, Object>> days = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            days.add(Samples.row(
                    "metric", METRICS[0], "day", Samples.MONDAY.plusDays(i), "value", times(i == 6 ? 120 : 280 + 20 * i, factor),
                    "previous", times(260 + 25 * i, factor)));
        }
        figures.put("metrics", metrics);
        figures.put("weeks", weeks);
        figures.put("days", days);
        figures.put("parts", parts(factor, "Web", "iPhone", "Android", "Public API", "Windows", "macOS", "Linux", "Partners", "Unknown"));
        return figures;
    }

    static Map<String, List<Map<String, Object>>> named(String part) {
        Map<String, List<Map<String, Object>>> figures = scaled(BigDecimal.ONE);
        figures.put("parts", parts(BigDecimal.ONE, part, part, "Web"));
        figures.get("metrics").forEach(metric -> metric.put("metric", part));
        figures.get("weeks").forEach(week -> week.put("metric", part));
        return figures;
    }

    /** The most that the datasets can return: eight metrics with the longest possible names, and fifty parts. */
    static Map<String, List<Map<String, Object>>> most() {
        String[] metrics = {"average_response_time_of_the_api_in_milliseconds",
            "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbea",
            "requests_of_all_clients_that_had_to_be_answered_by_the_slow_path", "active_users", "W".repeat(64),
            "sessions", "revenue", "orders"};
        Map<String, List<Map<String, Object>>> figures = scaled(new BigDecimal("123456.789"));
        List<Map<String, Object>> rows = new ArrayList<>();
        List<Map<String, Object>> weeks = new ArrayList<>();
        for (String name : metrics) {
            Map<String, Object> metric = new HashMap<>(figures.get("metrics").get(rows.size() % METRICS.length));
            metric.put("metric", name);
            rows.add(metric);
            figures.get("weeks").subList(0, 8).forEach(week -> weeks.add(Samples.row(
                    "metric", name, "monday", week.get("monday"), "value", week.get("value"))));
        }
        String[] names = new String[50];
        for (int i = 0; i < names.length; i++) {
            names[i] = i % 2 == 0 ? "Part " + i : Samples.LONG + i;
        }
        figures.put("metrics", rows);
        figures.put("weeks", weeks);
        figures.get("days").forEach(day -> day.put("metric", metrics[0]));
        figures.put("parts", parts(BigDecimal.ONE, names));
        figures.get("parts").forEach(part -> part.put("metric", metrics[0]));
        return figures;
    }

    /** Days and weeks without figures, and no parts. */
    static Map<String, List<Map<String, Object>>> oneMetric() {
        Map<String, List<Map<String, Object>>> figures = scaled(BigDecimal.ONE);
        figures.put("metrics", List.of(figures.get("metrics").getFirst()));
        figures.get("days").get(3).put("value", null);
        figures.put("weeks", figures.get("weeks").subList(0, 8));
        figures.put("parts", List.of());
        return figures;
    }

    private static List<Map<String, Object>> parts(BigDecimal factor, String... names) {
        List<Map<String, Object>> parts = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            parts.add(Samples.row("metric", METRICS[0], "name", names[i], "value", times(900.0 / (i + 1), factor)));
        }
        return parts;
    }

    private static BigDecimal times(double value, BigDecimal factor) {
        return BigDecimal.valueOf(value).multiply(factor);
    }
}
