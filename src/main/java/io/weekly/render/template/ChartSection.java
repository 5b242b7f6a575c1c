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
import io.weekly.render.chart.ChartAttributes;
import io.weekly.render.chart.ChartNumbers;
import io.weekly.render.chart.ChartRows;
import io.weekly.render.chart.ChartStyle;
import io.weekly.render.text.Formats;
import io.weekly.render.text.Money;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A chart in a template: {@code {#chart type="bars" data=days x="day" y="value" compare="previous" /}}; docs/charts.md describes the tag
 * and its attributes. Mistakes in the tag are found when the definition is loaded. Mistakes that depend on the data fail the report, with
 * file and line.
 */
final class ChartSection implements SectionHelper {
    static final String BRAND = "io.weekly.brand";
    private static final List<String> ATTRIBUTES = List.of("type", "data", "x", "y", "series", "compare", "label", "format", "currency",
            "title", "legend", "compareLegend", "width", "height");
    private static final Map<String, List<String>> CHOICES = Map.of(
            "type", names(Kind.values()), "format", names(ChartNumbers.Format.values()), "label", List.of("weekday", "day", "week"));
    /** The attributes that would have no effect for each kind of chart. They are reported as errors. */
    private static final Map<Kind, List<String>> UNUSED = Map.of(
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
        return context.evaluate(parameters).thenApply(values -> {
            String svg = draw(values, context);
            TemplateLimits limits = TemplateLimits.of(context.resolutionContext());
            limits.build(svg.length(), origin);
            limits.checkTime(origin);
            return new ResultNode() {
                @Override
                public void process(Consumer<String> out) {
                    out.accept(svg);
                }
            };
        });
    }

    private String draw(Map<String, ? extends @Nullable Object> values, SectionResolutionContext context) {
        try {
            CHOICES.keySet().forEach(name -> checkChoice(name, values.get(name)));
            Formats formats = (Formats) context.resolutionContext().getAttribute(FormatResolvers.FORMATS);
            Brand brand = (Brand) context.resolutionContext().getAttribute(BRAND);
            Map<?, ?> messages = (Map<?, ?>) context.resolutionContext().getAttribute(FormatResolvers.MESSAGES);
            ChartAttributes attributes = new ChartAttributes(values);
            ChartNumbers numbers = ChartNumbers.of(formats, attributes.text("format"), attributes.text("currency"));
            ChartStyle style = new ChartStyle(brand, Palette.of(brand), numbers, messages, attributes.text("title"),
                    attributes.text("legend"), attributes.text("compareLegend"));
            return new ChartRows(attributes, style).chart().draw(style);
        } catch (IllegalArgumentException e) {
            throw error(String.valueOf(e.getMessage()), origin);
        }
    }

    private static void checkChoice(String name, @Nullable Object value) {
        List<String> choices = CHOICES.getOrDefault(name, List.of());
        if (value != null && !value.toString().isEmpty() && !choices.contains(value.toString())) {
            throw new IllegalArgumentException("a chart's " + name + " is one of " + String.join(", ", choices) + ", not " + value);
        }
    }

    private static TemplateException error(String reason, Origin origin) {
        return TemplateException.builder().message(reason).origin(origin).build();
    }

    private static List<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }

    /** Parses the tag, and checks everything that does not depend on the data. */
    static final class Factory implements SectionHelperFactory<ChartSection> {
        @Override
        public List<String> getDefaultAliases() {
            return List.of("chart");
        }

        @Override
        public Scope initializeBlock(Scope outer, BlockInfo block) {
            block.getParameters().forEach((name, value) -> {
                if (!ATTRIBUTES.contains(name)) {
                    throw error("a chart has no " + name + ", only " + String.join(", ", ATTRIBUTES), block.getOrigin());
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
                throw error(String.valueOf(e.getMessage()), origin);
            }
            return new ChartSection(parameters, origin);
        }

        /** Refuses charts in mails: mail programs remove SVG without an error, and a plain text cannot contain it. */
        private static void checkPlace(String template) {
            String file = template.substring(template.lastIndexOf('/') + 1);
            if (!file.equals("report.html")) {
                throw new IllegalArgumentException("a chart works in report.html only: most mail programs show no SVG");
            }
        }

        private static void checkAttributes(Map<String, Expression> parameters) {
            Object type = literal(parameters, "type");
            List<String> required = new ArrayList<>(List.of("type", "data"));
            if (!"sparkline".equals(type)) {
                required.addAll("stacked".equals(type) ? List.of("x", "y", "series") : List.of("x", "y"));
            }
            required.stream().filter(name -> !parameters.containsKey(name)).findFirst().ifPresent(missing -> {
                throw new IllegalArgumentException("a chart needs " + missing);
            });
            // The data of a sparkline may be a text that lists numbers, but never a name in quotes.
            if (literal(parameters, "data") instanceof Object data
                    && (!"sparkline".equals(type) || data.toString().matches("(?i)[a-z_]\\w*"))) {
                throw new IllegalArgumentException("a chart's data is the name of a dataset without quotes, as in data=days");
            }
            List<String> unused = type == null ? List.of() : UNUSED.getOrDefault(Kind.valueOf(type.toString()), List.of());
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
                    ChartAttributes.size(name, size);
                }
            }
        }

        private static @Nullable Object literal(Map<String, Expression> parameters, String name) {
            Expression expression = parameters.get(name);
            return expression != null && expression.isLiteral() ? expression.getLiteral() : null;
        }
    }
}
