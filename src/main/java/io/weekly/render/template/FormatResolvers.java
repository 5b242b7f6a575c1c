package io.weekly.render.template;

import io.quarkus.qute.CompletedStage;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.Expression;
import io.quarkus.qute.Results;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.TemplateNode.Origin;
import io.quarkus.qute.ValueResolver;
import io.weekly.render.text.Formats;
import io.weekly.render.text.MessageText;
import io.weekly.render.text.MissingValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Formats numbers, days, times and texts in the locale of this rendering: {@code {k.value.figure}},
 * {@code {k.value.changeFrom(k.previous)}}, {@code {v.money('EUR')}}, {@code {day.shortDate}}, {@code {day.weekLabel}},
 * {@code {asOf.moment(tenant.zone)}}, {@code {m.hello.with(name)}}, {@code {k.metric.label('metric')}}. NULL becomes a dash, because a
 * report with missing values is still useful.
 *
 * <p>Trap: this class must not use reflection, because that fails in a native image.
 */
final class FormatResolvers implements ValueResolver {
    static final String FORMATS = "io.weekly.formats";
    static final String MESSAGES = "io.weekly.messages";
    private static final int MAX_DECIMALS = 20;
    /** A day that a database can store but no calendar has, such as {@code 2026-11-00}. Its column holds days, so the formats apply. */
    private static final Pattern IMPOSSIBLE_DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d(?: [0-9:.]{8,15})?");
    private static final Set<String> FORMATS_OF_NULL = Set.of("integer", "decimal", "money", "compactMoney", "compact", "figure", "percent",
            "changeFrom", "shortDate", "longDate", "weekday", "weekdayShort", "weekNumber", "weekYear", "weekLabel",
            "moment", "label", "atMost");

    @Override
    public boolean appliesTo(EvalContext context) {
        return switch (context.getBase()) {
            case Number _, LocalDate _, LocalDateTime _, Instant _, String _ -> true;
            case null -> ofNull(context.getName()) != null;
            default -> false;
        };
    }

    @Override
    public CompletionStage<Object> resolve(EvalContext context) {
        return arguments(context.getParams(), context, new ArrayList<>()).thenApply(arguments -> {
            Object formatted = format(context, arguments);
            if (formatted instanceof String text) {
                TemplateLimits.of(context).build(text.length(), origin(context));
            }
            return formatted == null ? Results.NotFound.from(context) : formatted;
        });
    }

    private static CompletionStage<List<@Nullable Object>> arguments(
            List<Expression> rest, EvalContext context, List<@Nullable Object> evaluated) {
        if (rest.isEmpty()) {
            return CompletedStage.of(evaluated);
        }
        return context.evaluate(rest.getFirst()).thenCompose(value -> {
            evaluated.add(value == MissingValue.DASH ? null : value);
            return arguments(rest.subList(1, rest.size()), context, evaluated);
        });
    }

    private static @Nullable Object format(EvalContext context, List<@Nullable Object> arguments) {
        Formats formats = (Formats) context.getAttribute(FORMATS);
        String name = context.getName();
        try {
            return switch (context.getBase()) {
                case null -> ofNull(name);
                case Number number -> ofNumber(number, name, arguments, formats);
                case LocalDate day -> ofDay(day, context, formats);
                case LocalDateTime time when name.equals("moment") -> arguments.isEmpty()
                        ? formats.dates().moment(time)
                        : formats.dates().moment(time.toInstant(ZoneOffset.UTC), text(name, arguments));
                case LocalDateTime time -> ofDay(time.toLocalDate(), context, formats);
                case Instant instant when name.equals("moment") -> formats.dates().moment(instant, text(name, arguments));
                case String text -> ofText(text, name, arguments, context);
                default -> null;
            };
        } catch (IllegalArgumentException | DateTimeException e) {
            throw TemplateException.builder()
                    .origin(origin(context))
                    .message("{reason}")
                    .argument("reason", String.valueOf(e.getMessage()))
                    .cause(e)
                    .build();
        }
    }

    /** Qute tells a resolver the line of its parameters only. */
    private static @Nullable Origin origin(EvalContext context) {
        return context.getParams().isEmpty() ? null : context.getParams().getFirst().getOrigin();
    }

    private static @Nullable Object ofNull(String name) {
        return switch (name) {
            case "directionFrom" -> "unknown";
            case "percentOf" -> 0L;
            default -> FORMATS_OF_NULL.contains(name) ? MissingValue.DASH : null;
        };
    }

    private static @Nullable Object ofNumber(Number value, String name, List<@Nullable Object> arguments, Formats formats) {
        return switch (name) {
            case "integer" -> formats.integer(value);
            case "decimal" -> formats.decimal(value, arguments.isEmpty() ? 1 : decimals(number(name, arguments)));
            case "money" -> arguments.isEmpty() ? formats.money(value) : formats.money(value, text(name, arguments));
            case "compactMoney" -> formats.compactMoney(value, text(name, arguments));
            case "compact" -> formats.compact(value);
            case "figure" -> formats.figure(value);
            case "percent" -> formats.percent(value);
            case "changeFrom" -> formats.change(value, number(name, arguments));
            case "directionFrom" -> formats.direction(value, number(name, arguments));
            case "percentOf" -> percentOf(value, number(name, arguments));
            default -> null;
        };
    }

    /** The width of a bar in percent, 0 to 100; 0 if there is no whole. */
    private static long percentOf(Number value, @Nullable Number whole) {
        return whole == null ? 0 : Math.round(Math.clamp(100 * value.doubleValue() / whole.doubleValue(), 0, 100));
    }

    private static int decimals(@Nullable Number count) {
        if (count == null || count.intValue() < 0 || count.intValue() > MAX_DECIMALS) {
            throw new IllegalArgumentException("decimal takes a number of decimals from 0 to " + MAX_DECIMALS + ", not " + count);
        }
        return count.intValue();
    }

    /** The first argument, which is null if the data have no value there. */
    private static @Nullable Number number(String name, List<@Nullable Object> arguments) {
        return switch (first(name, arguments)) {
            case null -> null;
            case Number number -> number;
            case Object other -> throw new IllegalArgumentException(name + " takes a number, not " + other);
        };
    }

    private static String text(String name, List<@Nullable Object> arguments) {
        Object text = first(name, arguments);
        if (text == null) {
            throw new IllegalArgumentException(name + "(…) does not take NULL");
        }
        return text.toString();
    }

    private static @Nullable Object first(String name, List<@Nullable Object> arguments) {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException(name + " needs an argument: " + name + "(…)");
        }
        return arguments.getFirst();
    }

    private static @Nullable Object ofDay(LocalDate day, EvalContext context, Formats formats) {
        return switch (context.getName()) {
            case "shortDate" -> formats.dates().shortDate(day);
            case "longDate" -> formats.dates().longDate(day);
            case "weekday" -> formats.dates().weekday(day.getDayOfWeek(), TextStyle.FULL_STANDALONE);
            case "weekdayShort" -> formats.dates().weekday(day.getDayOfWeek(), TextStyle.SHORT_STANDALONE);
            case "weekNumber" -> formats.dates().week(day);
            case "weekYear" -> formats.dates().weekYear(day);
            case "weekLabel" -> messages(context).get("week") instanceof String week
                    ? MessageText.with(week, List.of(formats.dates().week(day), formats.dates().weekYear(day)))
                    : null;
            default -> null;
        };
    }

    private static @Nullable Object ofText(String text, String name, List<@Nullable Object> arguments, EvalContext context) {
        return switch (name) {
            case "room" -> text.length() <= 10 ? "" : text.length() <= 14 ? "long" : "longer";
            case "with" -> MessageText.with(text, arguments);
            case "label" -> MessageText.label(text, text(name, arguments) + "_" + text, messages(context));
            case "shortDate", "longDate", "moment" -> IMPOSSIBLE_DAY.matcher(text).matches() ? text : null;
            case "weekday", "weekdayShort", "weekNumber", "weekYear", "weekLabel" ->
                    IMPOSSIBLE_DAY.matcher(text).matches() ? MissingValue.DASH : null;
            default -> null;
        };
    }

    private static Map<?, ?> messages(EvalContext context) {
        return (Map<?, ?>) context.getAttribute(MESSAGES);
    }
}
