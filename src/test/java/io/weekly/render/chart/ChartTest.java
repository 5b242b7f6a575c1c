package io.weekly.render.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import io.weekly.render.RenderException;
import io.weekly.render.brand.Brand;
import io.weekly.render.pdf.Pdf;
import io.weekly.render.template.ReportTemplate;
import io.weekly.render.text.FontMetrics;
import io.weekly.render.text.Formats;
import io.weekly.render.text.ServiceMessages;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.openpdf.text.pdf.PdfDictionary;
import org.openpdf.text.pdf.PdfName;
import org.openpdf.text.pdf.PdfReader;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ChartTest {
    private static final List<String> KINDS = List.of("bars", "line", "lines", "trend", "stacked", "donut", "kpi", "sparkline");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    /** The control points of a curve may lie outside of what it draws. */
    private static final Pattern CONTROLS = Pattern.compile("C \\S+ \\S+ ");

    private record Box(String text, double left, double right, double top, double bottom) {}

    @Property(tries = 100)
    void whateverTheDataTextsNeitherOverlapNorLeaveTheDrawing(@ForAll("rows") List<Map<String, Object>> rows) throws Exception {
        for (String kind : KINDS) {
            check(kind, rows, Locale.GERMAN);
        }
    }

    @Property(tries = 60)
    void whateverTheSizeTextsNeitherOverlapNorLeaveTheDrawing(
            @ForAll("rows") List<Map<String, Object>> rows, @ForAll @IntRange(min = 40, max = 700) int width, @ForAll @IntRange(min = 24, max = 240) int height)
            throws Exception {
        for (String kind : KINDS) {
            check(kind, rows, Locale.GERMAN, width, height);
        }
    }

    @ParameterizedTest
    @CsvSource({"656,80", "278,110", "278,60", "150,80", "150,60", "60,40", "40,24"})
    void aSmallChartIsSoundToo(int width, int height) throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 63; i++) {
            rows.add(ChartSamples.row("x", ChartSamples.MONDAY.plusDays(i / 9), "y", 45_210.5 - i * 700, "c", 44_000 + i, "s", "Series " + i % 9, "currency", "EUR"));
        }
        for (String kind : KINDS) {
            check(kind, rows, Locale.GERMAN, width, height);
            check(kind, rows.subList(0, 4), Locale.ENGLISH, width, height);
            for (List<Map<String, Object>> ugly : ChartSamples.ugly().values()) {
                check(kind, ugly, Locale.FRENCH, width, height);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {150, 278, 400, 656})
    void noFigureOfATileIsCut(int width) throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (double value : new double[] {45_210, 12_345.67, 9_876_543, 0.1234}) {
            rows.add(ChartSamples.row("x", "revenue", "y", value, "c", value * 1.1, "currency", "EUR"));
        }

        List<String> texts = texts(compose("{#chart type=\"kpi\" data=rows x=\"x\" y=\"y\" compare=\"c\" width=" + width + " /}", rows, Locale.GERMAN));

        assertThat(texts).contains("45.210\u00a0€", "12.346\u00a0€", "Vorwoche 49.731\u00a0€").noneMatch(text -> text.contains("…"));
    }

    @Test
    void theGreatestLinesAreNamedWhereThereIsNoRoomForAll() throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            rows.add(ChartSamples.row("x", "Mon", "y", i, "s", "s" + i));
            rows.add(ChartSamples.row("x", "Tue", "y", 10 * i, "s", "s" + i));
        }

        assertThat(texts(compose("{#chart type=\"line\" data=rows x=\"x\" y=\"y\" series=\"s\" height=80 /}", rows, Locale.ENGLISH)))
                .contains("s9 90", "s6 60", "Other 60").doesNotContain("s4 40");
    }

    @Test
    void aLegendGivesWayToTheValues() throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            rows.add(ChartSamples.row("x", "Mon", "y", 10, "s", "A long name of a series " + i));
        }
        String tag = "{#chart type=\"stacked\" data=rows x=\"x\" y=\"y\" series=\"s\" width=150 height=%d /}";

        assertThat(texts(compose(tag.formatted(60), rows, Locale.ENGLISH))).noneMatch(text -> text.startsWith("A long")).contains("Mon", "0", "40");
        assertThat(texts(compose(tag.formatted(190), rows, Locale.ENGLISH)).stream().filter(text -> text.startsWith("A long"))).hasSize(4);
    }

    @Test
    void uglyDataMakeSoundChartsInEveryLanguage() throws Exception {
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
                Arbitraries.strings().ofMaxLength(90).map(name -> name), Arbitraries.integers().between(0, 400).map(ChartSamples.MONDAY::plusDays));
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

    private static String tag(String kind) {
        return kind.equals("trend") ? ChartSamples.tag("line", "rows").replace("line", "trend") : ChartSamples.tag(kind, "rows");
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
                List<Double> all = NUMBER.matcher(shape.getAttribute("points") + CONTROLS.matcher(shape.getAttribute("d")).replaceAll("")).results()
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
    void whatIsBeyondSixSeriesIsOneMoreAndTheSumsAreKept() throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            rows.add(ChartSamples.row("x", "Mon", "y", 10 * (i + 1), "s", "s" + i));
        }

        assertThat(texts(compose(ChartSamples.tag("stacked", "rows"), rows, Locale.ENGLISH)))
                .contains("s8", "s3", "Other", "450").doesNotContain("s0", "s1", "s2");
        assertThat(texts(compose("{#chart type=\"donut\" data=rows x=\"s\" y=\"y\" /}", rows, Locale.ENGLISH)))
                .contains("s8", "Other", "60", "13.3%", "450", "Total").doesNotContain("s2");
    }

    /** A table of 10,000 series by 10,000 labels holds 100 million references, which are 400 MB at least. The chart allocates 70 MB. */
    @Test
    void asManySeriesAsRowsNeedNoTableOfAllByAll() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            rows.add(ChartSamples.row("x", "x" + i, "y", i + 1, "s", "s" + i));
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            long before = threads.getCurrentThreadAllocatedBytes();
            String svg = compose(ChartSamples.tag("stacked", "rows"), rows, Locale.ENGLISH);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;

            assertThat(allocated).as("bytes that one chart allocates").isLessThan(200_000_000);
            assertThat(texts(svg)).contains("s9999", "Other").doesNotContain("s1");
        });
    }

    @Test
    void whatNoSumCanHoldIsNoValue() throws Exception {
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

    @Test
    void aSmallAmountHasTheDigitsOfItsCurrency() throws Exception {
        List<Map<String, Object>> rows = List.of(ChartSamples.row("x", "a", "y", 45), ChartSamples.row("x", "b", "y", 30));
        String tag = "{#chart type=\"donut\" data=rows x=\"x\" y=\"y\" currency=\"%s\" /}";

        assertThat(texts(compose(tag.formatted("JPY"), rows, Locale.ENGLISH))).contains("¥45", "¥75");
        assertThat(texts(compose(tag.formatted("EUR"), rows, Locale.ENGLISH))).contains("€45.00", "€75.00");
    }

    @Test
    void whatIsNegativeIsNoShare() throws Exception {
        List<Map<String, Object>> rows = List.of(
                ChartSamples.row("x", "Sales", "y", 300), ChartSamples.row("x", "Refunds", "y", -50), ChartSamples.row("x", "Gifts", "y", 100));

        List<String> texts = texts(compose(ChartSamples.tag("donut", "rows"), rows, Locale.ENGLISH));

        assertThat(texts).contains("75.0%", "25.0%", "400", "−50", "–");
    }

    @Test
    void whatIsNegativeIsNotAddedToTheOtherShares() throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            rows.add(ChartSamples.row("x", "n" + i, "y", 100));
        }
        rows.add(ChartSamples.row("x", "g", "y", 90));
        rows.add(ChartSamples.row("x", "returns", "y", -500));

        assertThat(texts(compose(ChartSamples.tag("donut", "rows"), rows, Locale.ENGLISH)))
                .contains("690", "14.5%", "Other", "90", "13.0%", "returns", "−500").doesNotContain("−410", "600");
    }

    @Test
    void manyNegativeNamesAreFoldedAmongThemselves() throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            rows.add(ChartSamples.row("x", "gain" + i, "y", 100 * i));
            rows.add(ChartSamples.row("x", "loss" + i, "y", -i));
        }
        String tag = "{#chart type=\"donut\" data=rows x=\"x\" y=\"y\" /}";

        assertThat(texts(compose(tag, rows, Locale.ENGLISH))).contains("gain4", "4,500", "loss9", "loss8", "loss7", "−21")
                .doesNotContain("gain3", "loss6").filteredOn("Other"::equals).hasSize(2);
    }

    @Test
    void aDonutOfWhatIsNegativeTellsItsTotal() throws Exception {
        List<Map<String, Object>> rows = List.of(ChartSamples.row("x", "Refunds", "y", -50), ChartSamples.row("x", "Fees", "y", -20));

        assertThat(texts(compose(ChartSamples.tag("donut", "rows"), rows, Locale.ENGLISH))).contains("−70", "−50", "−20", "–");
    }

    @Test
    void moneyHasItsCurrencyWhereTheReaderExpectsIt() throws Exception {
        List<Map<String, Object>> rows = List.of(ChartSamples.row("x", "a", "y", 16_000), ChartSamples.row("x", "b", "y", -12_500));
        String tag = "{#chart type=\"bars\" data=rows x=\"x\" y=\"y\" format=\"money\" currency=\"EUR\" /}";

        assertThat(texts(compose(tag, rows, Locale.ENGLISH))).contains("€20K", "−€20K", "€16,000", "−€12,500");
        assertThat(texts(compose(tag, rows, Locale.GERMAN))).contains("20.000\u00a0€", "−20.000\u00a0€", "16.000\u00a0€");
    }

    @Test
    void aChangeIsToldByAnArrowAndASignAndNotByColourAlone() throws Exception {
        List<Map<String, Object>> rows = List.of(
                ChartSamples.row("x", "revenue", "y", 110, "c", 100, "currency", "EUR"), ChartSamples.row("x", "return_rate", "y", 0.04, "c", 0.05, "format", "percent"),
                ChartSamples.row("x", "visitors", "y", 7, "c", null));

        String svg = compose(ChartSamples.tag("kpi", "rows"), rows, Locale.ENGLISH);

        assertThat(texts(svg)).contains("Net revenue", "€110", "+10.0%", "Last week €100", "Return rate", "4.0%", "−20.0%", "Last week 5.0%",
                "Visitors", "–", "No figure for last week");
        assertThat(svg.split("<path ")).hasSize(3);
    }

    @Test
    void aGapInTheDataIsAGapInTheLine() throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Integer value : new Integer[] {1, 2, null, 4, 5}) {
            rows.add(ChartSamples.row("x", "a", "y", value));
        }

        assertThat(compose("{#chart type=\"line\" data=rows x=\"x\" y=\"y\" /}", rows, Locale.ENGLISH).split("<polyline ")).hasSize(3);
    }

    @Test
    void aSparklineTakesAListInOneColumn() throws Exception {
        for (String list : List.of("3,4,,5", "[3, 4, null, 5]")) {
            String svg = ReportTemplate.parse("x/report.html", "{#chart type=\"sparkline\" data=list /}")
                    .compose(Map.of("list", list), Map.of(), new Formats(Locale.ENGLISH), Brand.of("#0b5cad"));

            assertThat(parse(svg).getDocumentElement().getAttribute("aria-label")).isEqualTo("Small line chart: 3 values, lowest 3, highest 5, last 5");
        }
    }

    @Test
    void theTextAlternativeSpeaksTheReadersLanguageAndStandsInThePdf() throws Exception {
        List<Map<String, Object>> rows = List.of(ChartSamples.row("x", "Mo", "y", 1200), ChartSamples.row("x", "Di", "y", 900));
        String svg = compose("{#chart type=\"bars\" data=rows x=\"x\" y=\"y\" title=\"Umsatz\" /}", rows, Locale.GERMAN);
        String told = "Umsatz. Säulendiagramm: 2 Werte von Mo bis Di, niedrigster 900 (Di), höchster 1.200 (Mo), letzter 900 (Di)";

        PdfReader pdf = new PdfReader(new Pdf().render("x/report.html", "<html><body>" + svg + "</body></html>"));

        assertThat(parse(svg).getDocumentElement().getAttribute("aria-label")).isEqualTo(told);
        assertThat(alternatives(pdf)).containsExactly(told);
        assertThat(new String(pdf.getPageContent(1), java.nio.charset.StandardCharsets.ISO_8859_1)).contains("/Span /", "BDC", "EMC");
    }

    @Test
    void aPdfHasNoRasterOfAnyChart() throws Exception {
        StringBuilder page = new StringBuilder("<html><body>");
        for (String kind : KINDS) {
            page.append(compose(ChartSamples.tag(kind, "rows"), ChartSamples.ugly().get("gaps"), Locale.ENGLISH));
        }

        PdfReader pdf = new PdfReader(new Pdf().render("x/report.html", page + "</body></html>"));

        assertThat(alternatives(pdf)).hasSizeGreaterThanOrEqualTo(1);
        for (int i = 1; i <= pdf.getNumberOfPages(); i++) {
            PdfDictionary objects = pdf.getPageN(i).getAsDict(PdfName.RESOURCES).getAsDict(PdfName.XOBJECT);
            assertThat(objects == null || objects.getKeys().isEmpty()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "x/report.html | type=\"bars\" data=rows x=\"x\" y=\"y\" label=\"month\" | weekday, day, week",
        "x/report.html | type=\"bars\" data=rows x=\"x\" y=\"y\" format=\"euro\" | figure, integer, money, percent",
        "x/report.html | type=\"bars\" data=rows x=\"x\" y=\"y\" currency=\"EURO\" | 'EURO' is no currency",
        "x/report.html | type=\"bars\" data=rows x=\"x\" y=\"y\" colour=\"red\" | a chart has no colour",
        "x/report.html | type=\"bars\" data=rows x=\"x\" y=\"y\" series=\"s\" | of type bars has no series",
        "x/report.html | type=\"stacked\" data=rows x=\"x\" y=\"y\" | a chart needs series",
        "x/report.html | type=\"bars\" data=rows x=\"x\" y=\"y\" width=\"abc\" | a chart's width is a number of px from 8 to 2000, not abc",
        "x/report.html | type=\"bars\" data=rows x=\"x\" y=\"y\" height=\"-5\" | a chart's height is a number of px from 8 to 2000, not -5",
        "x/report.html | type=\"bars\" data=rows x=\"x\" y=\"y\" height=-5 | not -5",
        "x/report.html | type=\"bars\" data=rows x=\"x\" y=\"y\" width=2001 | not 2001",
        "x/report.html | type=\"bars\" data=rows x=\"x\" y=\"y\" width=\"\" | a chart's width",
        "x/report.html | type=\"line\" data=rows x=\"x\" y=\"y\" series=\"s\" compare=\"c\" | either series or compare",
        "x/mail.html | type=\"bars\" data=rows x=\"x\" y=\"y\" | report.html only",
        "x/mail.txt | type=\"bars\" data=rows x=\"x\" y=\"y\" | report.html only",
        "x/note.html | type=\"bars\" data=rows x=\"x\" y=\"y\" | report.html only",
        "x/report.html | type=\"bars\" data=\"rows\" x=\"x\" y=\"y\" | without quotes",
        "x/report.html | type=\"sparkline\" data=\"rows\" | without quotes"})
    void whatIsWrongWithATagIsNamedWhenTheDefinitionIsLoaded(String file, String attributes, String reason) {
        RenderException failure = catchThrowableOfType(RenderException.class, () -> ReportTemplate.parse(file, "\n{#chart " + attributes + " /}"));

        assertThat(failure).hasMessageStartingWith(file + ":2: ").hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "x=\"x\" y=\"nothing\" | no column nothing, only [", "x=\"nothing\" y=\"y\" | no column nothing", "x=\"x\" y=\"s\" | holds no number: a",
        "x=\"x\" y=\"y\" compare=\"c2\" | no column c2", "x=\"x\" y=\"y\" format=wrong | figure, integer", "x=\"x\" y=\"y\" width=wrong | not WRONG",
         "x=\"x\" y=\"y\" currency=wrong | is no currency"})
    void whatOnlyTheDataTellNamesFileAndLineToo(String attributes, String reason) {
        ReportTemplate page = ReportTemplate.parse("x/report.html", "\n\n{#chart type=\"bars\" data=rows " + attributes + " /}");
        Map<String, Object> data = Map.of("rows", List.of(ChartSamples.row("x", "a", "y", 1, "s", "a")), "wrong", "WRONG");

        RenderException failure = catchThrowableOfType(RenderException.class,
                () -> page.compose(data, Map.of(), new Formats(Locale.ENGLISH), Brand.of("#0b5cad")));

        assertThat(failure).hasMessageStartingWith("x/report.html:3: ").hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"width=150 height=80", "width=\"150\" height=\"80\"", "width=wide height=high"})
    void aSizeIsANumberOrATextThatIsOne(String size) throws Exception {
        Map<String, Object> data = Map.of("rows", List.of(ChartSamples.row("x", "a", "y", 1)), "wide", new BigDecimal("150"), "high", "80");

        Element drawing = parse(ReportTemplate.parse("x/report.html", "{#chart type=\"bars\" data=rows x=\"x\" y=\"y\" " + size + " /}")
                .compose(data, Map.of(), new Formats(Locale.ENGLISH), Brand.of("#0b5cad"))).getDocumentElement();

        assertThat(number(drawing, "width")).isEqualTo(150);
        assertThat(number(drawing, "height")).isEqualTo(80);
    }

    private static List<String> alternatives(PdfReader pdf) {
        PdfDictionary properties = pdf.getPageN(1).getAsDict(PdfName.RESOURCES).getAsDict(new PdfName("Properties"));
        return properties.getKeys().stream()
                .map(name -> properties.getAsDict((PdfName) name).getAsString(new PdfName("Alt")).toUnicodeString()).toList();
    }

    private static String compose(String tag, List<Map<String, Object>> rows, Locale locale) {
        Map<String, String> messages = new HashMap<>(ServiceMessages.of(locale));
        messages.put("metric_revenue", "Net revenue");
        return ReportTemplate.parse("x/report.html", tag).compose(Map.of("rows", rows), messages, new Formats(locale), Brand.of("#0b5cad"));
    }

    private static List<String> texts(String svg) throws Exception {
        NodeList texts = parse(svg).getElementsByTagName("text");
        List<String> all = new ArrayList<>();
        for (int i = 0; i < texts.getLength(); i++) {
            all.add(texts.item(i).getTextContent());
        }
        return all;
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static double number(Element shape, String name) {
        return Double.parseDouble(shape.getAttribute(name));
    }
}
