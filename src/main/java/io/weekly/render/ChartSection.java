package io.weekly.render;

import io.quarkus.qute.Expression;
import io.quarkus.qute.ResultNode;
import io.quarkus.qute.Scope;
import io.quarkus.qute.SectionHelper;
import io.quarkus.qute.SectionHelperFactory;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.TemplateNode.Origin;
import io.weekly.render.Chart.Point;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A chart in a template: {@code {#chart type="bars" data=days x="day" y="value" compare="previous" /}}. {@code type} is bars or trend,
 * {@code data} a list of rows, {@code x}, {@code y} and {@code compare} are its columns; besides: {@code label} (weekday, day or week:
 * how a date on the x axis reads), {@code title}, {@code legend}, {@code compareLegend}, {@code width}, {@code height} in px.
 */
final class ChartSection implements SectionHelper {
    static final String BRAND = "io.weekly.brand";
    private static final Set<String> REQUIRED = Set.of("type", "data", "x", "y");
    private static final Set<String> OPTIONAL = Set.of("compare", "label", "title", "legend", "compareLegend", "width", "height");

    private final Map<String, Expression> parameters;

    private ChartSection(Map<String, Expression> parameters) {
        this.parameters = parameters;
    }

    @Override
    public CompletionStage<ResultNode> resolve(SectionResolutionContext context) {
        return context.evaluate(parameters).thenApply(given -> {
            Formats formats = (Formats) context.resolutionContext().getAttribute(FormatResolvers.FORMATS);
            Brand brand = (Brand) context.resolutionContext().getAttribute(BRAND);
            String svg = chart(given, formats).draw(formats, brand);
            return new ResultNode() {
                @Override
                public void process(Consumer<String> out) {
                    out.accept(svg);
                }
            };
        });
    }

    private static Chart chart(Map<String, Object> given, Formats formats) {
        List<Point> points = ((List<?>) given.get("data")).stream().map(row -> point((Map<?, ?>) row, given, formats)).toList();
        return new Chart(
                Chart.Kind.valueOf(text(given, "type")), points, text(given, "title"), text(given, "legend"), text(given, "compareLegend"),
                size(given, "width", 656), size(given, "height", 190));
    }

    private static Point point(Map<?, ?> row, Map<String, Object> given, Formats formats) {
        Double compare = given.containsKey("compare") ? number(row, text(given, "compare")) : null;
        return new Point(label(column(row, text(given, "x")), text(given, "label"), formats), number(row, text(given, "y")), compare);
    }

    private static Double number(Map<?, ?> row, String column) {
        return switch (column(row, column)) {
            case null -> null;
            case Number number -> number.doubleValue();
            case Object other -> throw new IllegalArgumentException("the chart's column " + column + " holds no number: " + other);
        };
    }

    private static Object column(Map<?, ?> row, String name) {
        if (!row.containsKey(name)) {
            throw new IllegalArgumentException("the chart's data have no column " + name + ", only " + row.keySet());
        }
        return row.get(name);
    }

    private static String label(Object value, String how, Formats formats) {
        if (!(value instanceof LocalDate day)) {
            return String.valueOf(value);
        }
        return switch (how) {
            case "weekday" -> formats.weekday(day.getDayOfWeek(), TextStyle.SHORT_STANDALONE);
            case "week" -> String.valueOf(formats.week(day));
            default -> formats.shortDate(day);
        };
    }

    private static String text(Map<String, Object> given, String name) {
        return given.get(name) == null ? "" : given.get(name).toString();
    }

    private static double size(Map<String, Object> given, String name, double otherwise) {
        return given.get(name) instanceof Number number ? number.doubleValue() : otherwise;
    }

    /** Checks at parse time what can be checked then, so that a broken chart is named when the definition is loaded. */
    static final class Factory implements SectionHelperFactory<ChartSection> {
        @Override
        public List<String> getDefaultAliases() {
            return List.of("chart");
        }

        @Override
        public Scope initializeBlock(Scope outer, BlockInfo block) {
            block.getParameters().forEach((name, value) -> {
                if (!REQUIRED.contains(name) && !OPTIONAL.contains(name)) {
                    throw refusal("a chart has no " + name, block.getOrigin());
                }
                block.addExpression(name, value);
            });
            return outer;
        }

        @Override
        public ChartSection initialize(SectionInitContext context) {
            Origin origin = context.getBlocks().getFirst().origin;
            Map<String, Expression> parameters = new HashMap<>();
            context.getParameters().keySet().forEach(name -> parameters.put(name, context.getExpression(name)));
            REQUIRED.stream().filter(name -> !parameters.containsKey(name)).sorted().findFirst().ifPresent(missing -> {
                throw refusal("a chart needs " + missing, origin);
            });
            Object type = parameters.get("type").isLiteral() ? parameters.get("type").getLiteral() : null;
            if (type != null && Arrays.stream(Chart.Kind.values()).noneMatch(kind -> kind.name().equals(type))) {
                throw refusal("a chart is of type bars or trend, not " + type, origin);
            }
            return new ChartSection(parameters);
        }

        private static TemplateException refusal(String reason, Origin origin) {
            return TemplateException.builder().message(reason).origin(origin).build();
        }
    }
}
