package io.weekly.render.template;

import io.quarkus.qute.Expression;
import io.quarkus.qute.ResultNode;
import io.quarkus.qute.Scope;
import io.quarkus.qute.SectionHelper;
import io.quarkus.qute.SectionHelperFactory;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.TemplateNode.Origin;
import io.weekly.render.brand.Brand;
import io.weekly.render.brand.Palette;
import io.weekly.render.chart.Chart.Kind;
import io.weekly.render.chart.ChartNumbers;
import io.weekly.render.chart.ChartRows;
import io.weekly.render.chart.Look;
import io.weekly.render.text.Formats;
import io.weekly.render.text.Money;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A chart in a template: {@code {#chart type="bars" data=days x="day" y="value" compare="previous" /}}. The tag and its attributes are
 * told in docs/charts.md. What can be known when a definition is loaded is checked then; what only the data tell names file and line
 * when the report is made.
 */
final class ChartSection implements SectionHelper {
    static final String BRAND = "io.weekly.brand";
    private static final List<String> ALL = List.of("type", "data", "x", "y", "series", "compare", "label", "format", "currency", "title",
            "legend", "compareLegend", "width", "height");
    private static final Map<String, List<String>> CHOICES = Map.of(
            "type", names(Kind.values()), "format", names(ChartNumbers.Format.values()), "label", List.of("weekday", "day", "week"));
    /** What would be left unused, which an author should hear of rather than wonder. */
    private static final Map<Kind, List<String>> NOT_FOR = Map.of(
            Kind.bars, List.of("series"), Kind.stacked, List.of("compare", "compareLegend"),
            Kind.sparkline, List.of("series", "compare", "legend", "compareLegend"),
            Kind.donut, List.of("series", "compare", "legend", "compareLegend"), Kind.kpi, List.of("series", "legend", "height"));

    private final Map<String, Expression> parameters;
    private final Origin origin;

    private ChartSection(Map<String, Expression> parameters, Origin origin) {
        this.parameters = parameters;
        this.origin = origin;
    }

    @Override
    public CompletionStage<ResultNode> resolve(SectionResolutionContext context) {
        return context.evaluate(parameters).thenApply(given -> {
            String svg = draw(given, context);
            return new ResultNode() {
                @Override
                public void process(Consumer<String> out) {
                    out.accept(svg);
                }
            };
        });
    }

    private String draw(Map<String, Object> given, SectionResolutionContext context) {
        try {
            CHOICES.keySet().forEach(name -> checkChoice(name, given.get(name)));
            Formats formats = (Formats) context.resolutionContext().getAttribute(FormatResolvers.FORMATS);
            Brand brand = (Brand) context.resolutionContext().getAttribute(BRAND);
            Map<?, ?> messages = (Map<?, ?>) context.resolutionContext().getAttribute(FormatResolvers.MESSAGES);
            ChartNumbers figures = ChartNumbers.of(formats, ChartRows.text(given, "format"), ChartRows.text(given, "currency"));
            Look look = new Look(brand, Palette.of(brand), figures, messages, ChartRows.text(given, "title"),
                    ChartRows.text(given, "legend"), ChartRows.text(given, "compareLegend"));
            return new ChartRows(given, look).chart().draw(look);
        } catch (IllegalArgumentException e) {
            throw refusal(e.getMessage(), origin);
        }
    }

    private static void checkChoice(String name, Object value) {
        if (value != null && !value.toString().isEmpty() && !CHOICES.get(name).contains(value.toString())) {
            throw new IllegalArgumentException(
                    "a chart's " + name + " is one of " + String.join(", ", CHOICES.get(name)) + ", not " + value);
        }
    }

    private static TemplateException refusal(String reason, Origin origin) {
        return TemplateException.builder().message(reason).origin(origin).build();
    }

    private static List<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toList();
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
                if (!ALL.contains(name)) {
                    throw refusal("a chart has no " + name + ", only " + String.join(", ", ALL), block.getOrigin());
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
            try {
                checkPlace(origin.getTemplateId());
                CHOICES.keySet().forEach(name -> checkChoice(name, literal(parameters, name)));
                checkAttributes(parameters);
            } catch (IllegalArgumentException e) {
                throw refusal(e.getMessage(), origin);
            }
            return new ChartSection(parameters, origin);
        }

        /** Mail programs drop SVG without a word, and a plain text has no place for it. */
        private static void checkPlace(String template) {
            String file = template.substring(template.lastIndexOf('/') + 1);
            if (!file.equals("report.html")) {
                throw new IllegalArgumentException("a chart stands in report.html only: most mail programs show no SVG");
            }
        }

        private static void checkAttributes(Map<String, Expression> parameters) {
            Object type = literal(parameters, "type");
            List<String> needed = new ArrayList<>(List.of("type", "data"));
            needed.addAll("sparkline".equals(type) ? List.of() : "stacked".equals(type) ? List.of("x", "y", "series") : List.of("x", "y"));
            needed.stream().filter(name -> !parameters.containsKey(name)).findFirst().ifPresent(missing -> {
                throw new IllegalArgumentException("a chart needs " + missing);
            });
            // A sparkline's numbers may stand there as a text.
            if (literal(parameters, "data") instanceof Object data
                    && (!"sparkline".equals(type) || data.toString().matches("(?i)[a-z_]\\w*"))) {
                throw new IllegalArgumentException("a chart's data is the name of a dataset without quotes, as in data=days");
            }
            List<String> unused = type == null ? List.of() : NOT_FOR.getOrDefault(Kind.valueOf(type.toString()), List.of());
            unused.stream().filter(parameters::containsKey).findFirst().ifPresent(name -> {
                throw new IllegalArgumentException("a chart of type " + type + " has no " + name);
            });
            if (parameters.containsKey("series") && parameters.containsKey("compare")) {
                throw new IllegalArgumentException("a chart has either series or compare");
            }
            if (literal(parameters, "currency") instanceof Object code) {
                Money.currency(code.toString());
            }
            for (String name : List.of("width", "height")) {
                if (literal(parameters, name) instanceof Object size) {
                    ChartRows.size(name, size);
                }
            }
        }

        private static Object literal(Map<String, Expression> parameters, String name) {
            Expression expression = parameters.get(name);
            return expression != null && expression.isLiteral() ? expression.getLiteral() : null;
        }
    }
}
