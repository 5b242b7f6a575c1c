package io.weekly.render.chart;

import static io.weekly.render.chart.ChartMarkup.KINDS;
import static io.weekly.render.chart.ChartMarkup.compose;
import static io.weekly.render.chart.ChartMarkup.number;
import static io.weekly.render.chart.ChartMarkup.parse;
import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.render.brand.Brand;
import io.weekly.render.template.ReportTemplate;
import io.weekly.render.text.FontMetrics;
import io.weekly.render.text.Formats;
import io.weekly.render.text.ServiceMessages;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ChartLayoutTest {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    /** The control points of a curve may lie outside of what it draws. */
    private static final Pattern CONTROLS = Pattern.compile("C \\S+ \\S+ ");

    private record Box(String text, double left, double right, double top, double bottom) {}

    @Property(tries = 100)
    void textsNeitherOverlapNorLeaveTheDrawingWhateverTheData(@ForAll("rows") List<Map<String, Object>> rows) throws Exception {
        for (String kind : KINDS) {
            check(kind, rows, Locale.GERMAN);
        }
    }

    @Property(tries = 60)
    void textsNeitherOverlapNorLeaveTheDrawingWhateverTheSize(
            @ForAll("rows") List<Map<String, Object>> rows, @ForAll @IntRange(min = 40, max = 700) int width,
            @ForAll @IntRange(min = 24, max = 240) int height)
            throws Exception {
        for (String kind : KINDS) {
            check(kind, rows, Locale.GERMAN, width, height);
        }
    }

    @ParameterizedTest
    @CsvSource({"656,80", "278,110", "278,60", "150,80", "150,60", "60,40", "40,24"})
    void aSmallChartIsValidToo(int width, int height) throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 63; i++) {
            rows.add(ChartSamples.row(
                    "x", ChartSamples.MONDAY.plusDays(i / 9), "y", 45_210.5 - i * 700, "c", 44_000 + i,
                    "s", "Series " + i % 9, "currency", "EUR"));
        }
        for (String kind : KINDS) {
            check(kind, rows, Locale.GERMAN, width, height);
            check(kind, rows.subList(0, 4), Locale.ENGLISH, width, height);
            for (List<Map<String, Object>> ugly : ChartSamples.ugly().values()) {
                check(kind, ugly, Locale.FRENCH, width, height);
            }
        }
    }

    @Test
    void extremeDataMakeValidChartsInEveryLanguage() throws Exception {
        for (Map.Entry<String, List<Map<String, Object>>> ugly : ChartSamples.ugly().entrySet()) {
            for (String kind : KINDS) {
                for (String language : ServiceMessages.LANGUAGES) {
                    check(kind, ugly.getValue(), Locale.forLanguageTag(language));
                }
            }
        }
    }

    @Provide
    Arbitrary<List<Map<String, Object>>> rows() {
        Arbitrary<Object> names = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(90).map(name -> name),
                Arbitraries.integers().between(0, 400).map(ChartSamples.MONDAY::plusDays));
        Arbitrary<Double> values = Arbitraries.oneOf(
                Arbitraries.doubles().between(-1e15, 1e15), Arbitraries.doubles().between(-1e-6, 1e-6).ofScale(12),
                Arbitraries.integers().between(-50, 2_000).map(Integer::doubleValue), Arbitraries.just(Double.NaN)).injectNull(0.1);
        Arbitrary<String> series = Arbitraries.strings().alpha().ofLength(1);
        return Combinators.combine(names, values, values, series)
                .as((name, value, before, one) -> ChartSamples.row("x", name, "y", value, "c", before, "s", one)).list().ofMaxSize(60);
    }

    private static void check(String kind, List<Map<String, Object>> rows, Locale locale) throws Exception {
        check(kind, tag(kind), rows, locale);
    }

    private static void check(String kind, List<Map<String, Object>> rows, Locale locale, int width, int height) throws Exception {
        String size = " width=" + width + (kind.equals("kpi") ? "" : " height=" + height) + " /}";
        check(kind + " " + width + "×" + height, tag(kind).replaceAll("( height=\\d+)? /}", size), rows, locale);
    }

    private static void check(String kind, String tag, List<Map<String, Object>> rows, Locale locale) throws Exception {
        String svg = compose(tag, rows, locale);
        assertThat(svg).as(kind).startsWith("<svg ").endsWith("</svg>").doesNotContain("NaN", "Infinity");
        Element drawing = parse(svg).getDocumentElement();
        double width = Double.parseDouble(drawing.getAttribute("width"));
        double height = Double.parseDouble(drawing.getAttribute("height"));
        NodeList shapes = drawing.getElementsByTagName("*");
        List<Box> texts = new ArrayList<>();
        for (int i = 0; i < shapes.getLength(); i++) {
            Element shape = (Element) shapes.item(i);
            if (shape.getNodeName().equals("text")) {
                texts.add(box(shape));
            } else if (!shape.getNodeName().equals("title")) {
                assertInside(kind, shape, width, height);
            }
        }
        for (int i = 0; i < texts.size(); i++) {
            Box one = texts.get(i);
            assertThat(one.left >= -0.1 && one.right <= width + 0.1 && one.top >= -0.1 && one.bottom <= height + 0.1)
                    .as(kind + ": " + one + " in " + width + "×" + height).isTrue();
            for (int j = 0; j < i; j++) {
                Box other = texts.get(j);
                boolean overlap = one.left < other.right - 0.1 && other.left < one.right - 0.1
                        && one.top < other.bottom - 0.1 && other.top < one.bottom - 0.1;
                assertThat(overlap).as(kind + ": " + one + " over " + other).isFalse();
            }
        }
    }

    private static String tag(String kind) {
        return kind.equals("trend") ? ChartSamples.tag("line", "rows").replace("line", "trend") : ChartSamples.tag(kind, "rows");
    }

    /** The x height and a little more: accents and descenders of two lines may touch, as in any text. */
    private static Box box(Element text) {
        double size = number(text, "font-size");
        double wide = FontMetrics.width(text.getTextContent(), size, text.getAttribute("font-weight").equals("bold"));
        double left = number(text, "x") - switch (text.getAttribute("text-anchor")) {
            case "middle" -> wide / 2;
            case "end" -> wide;
            default -> 0;
        };
        return new Box(text.getTextContent(), left, left + wide, number(text, "y") - size * 0.74, number(text, "y") + size * 0.05);
    }

    private static void assertInside(String kind, Element shape, double width, double height) {
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        switch (shape.getNodeName()) {
            case "rect" -> {
                assertThat(number(shape, "width")).as(kind).isGreaterThanOrEqualTo(0);
                assertThat(number(shape, "height")).as(kind).isGreaterThanOrEqualTo(0);
                x.addAll(List.of(number(shape, "x"), number(shape, "x") + number(shape, "width")));
                y.addAll(List.of(number(shape, "y"), number(shape, "y") + number(shape, "height")));
            }
            case "circle" -> {
                x.addAll(List.of(number(shape, "cx") - number(shape, "r"), number(shape, "cx") + number(shape, "r")));
                y.addAll(List.of(number(shape, "cy") - number(shape, "r"), number(shape, "cy") + number(shape, "r")));
            }
            case "line" -> {
                x.addAll(List.of(number(shape, "x1"), number(shape, "x2")));
                y.addAll(List.of(number(shape, "y1"), number(shape, "y2")));
            }
            default -> {
                String points = shape.getAttribute("points") + CONTROLS.matcher(shape.getAttribute("d")).replaceAll("");
                List<Double> all = NUMBER.matcher(points).results()
                        .map(match -> Double.valueOf(match.group())).toList();
                for (int i = 0; i < all.size(); i++) {
                    (i % 2 == 0 ? x : y).add(all.get(i));
                }
            }
        }
        assertThat(x).as(kind + " " + shape.getNodeName()).allMatch(at -> at >= -0.1 && at <= width + 0.1);
        assertThat(y).as(kind + " " + shape.getNodeName()).allMatch(at -> at >= -0.1 && at <= height + 0.1);
    }

    @Test
    void aValueTooLargeForASumIsAMissingValue() throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Object value : List.of(1e308, 1e308, -1e308, new BigDecimal("1e400"), Double.NaN, 7, 4.9e-324)) {
            rows.add(ChartSamples.row("x", "n" + rows.size(), "y", value, "c", value, "s", "s" + rows.size() % 2));
        }

        for (String kind : KINDS) {
            check(kind, rows, Locale.ENGLISH);
        }
        assertThat(compose("{#chart type=\"bars\" data=rows x=\"x\" y=\"y\" /}", rows, Locale.ENGLISH)).contains("2 values");
        ReportTemplate.parse("x/report.html", "{#chart type=\"sparkline\" data=list /}")
                .compose(Map.of("list", "1e308,1e400,NaN,3"), Map.of(), new Formats(Locale.ENGLISH), Brand.of("#0b5cad"));
    }
}
