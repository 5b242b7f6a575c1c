package io.weekly.render.template;

import io.quarkus.qute.CompletedStage;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.ValueResolver;
import io.weekly.render.text.Formats;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Operations on the rows of a dataset. {@code {weeks.where('metric', k.metric)}} selects the rows with this value in a column.
 * {@code {top.sum('value')}} adds up a column; NULL is left out, and the sum of no rows is 0. {@code {top.atMost(18)}} takes the first
 * rows, or all if there are fewer (Qute's own {@code take} fails then). An unknown column is an error, as everywhere in a template.
 */
final class RowResolvers implements ValueResolver {
    @Override
    public boolean appliesTo(EvalContext context) {
        return context.getBase() instanceof List<?> && switch (context.getName()) {
            case "where" -> context.getParams().size() == 2;
            case "sum", "atMost" -> context.getParams().size() == 1;
            default -> false;
        };
    }

    @Override
    public CompletionStage<Object> resolve(EvalContext context) {
        List<?> rows = (List<?>) context.getBase();
        return context.evaluate(context.getParams().getFirst()).thenCompose(first -> switch (context.getName()) {
            case "sum" -> result(context, () -> sum(rows, first.toString()));
            case "atMost" -> result(context, () -> atMost(rows, first));
            default -> context.evaluate(context.getParams().get(1))
                    .thenCompose(wanted -> result(context, () -> where(rows, first.toString(), wanted)));
        });
    }

    /** A mistake becomes an error with the line of the template. */
    private static CompletionStage<Object> result(EvalContext context, Supplier<Object> rows) {
        try {
            TemplateLimits.of(context).checkTime(context.getParams().getFirst().getOrigin());
            return CompletedStage.of(rows.get());
        } catch (IllegalArgumentException e) {
            return CompletedStage.failure(TemplateException.builder()
                    .origin(context.getParams().getFirst().getOrigin())
                    .message(String.valueOf(e.getMessage()).replace("{", "{{"))
                    .cause(e)
                    .build());
        }
    }

    private static List<?> atMost(List<?> rows, @Nullable Object count) {
        if (count instanceof Number number && number.intValue() >= 0) {
            return rows.subList(0, Math.min(rows.size(), number.intValue()));
        }
        throw new IllegalArgumentException("atMost takes a number of rows, not " + count);
    }

    private static Object sum(List<?> rows, String column) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Object row : rows) {
            if (value(row, column) instanceof Number number) {
                sum = sum.add(Formats.exact(number));
            }
        }
        return sum;
    }

    private static List<Object> where(List<?> rows, String column, @Nullable Object wanted) {
        List<Object> found = new ArrayList<>();
        for (Object row : rows) {
            if (Objects.equals(value(row, column), wanted)) {
                found.add(row);
            }
        }
        return found;
    }

    private static @Nullable Object value(Object row, String column) {
        if (row instanceof Map<?, ?> columns && columns.containsKey(column)) {
            return columns.get(column);
        }
        throw new IllegalArgumentException("the rows have no column " + column
                + (row instanceof Map<?, ?> columns ? ", only " + columns.keySet() : ""));
    }
}
