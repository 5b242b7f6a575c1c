package io.weekly.render.template;

import io.quarkus.qute.CompletedStage;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.Expression;
import io.quarkus.qute.Results;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.ValueResolver;
import io.weekly.render.text.Formats;
import io.weekly.render.text.MessageText;
import io.weekly.render.text.Nothing;
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

/**
 * What a template may ask of a number, a day, a moment or a text, in the locale of this rendering: {@code {k.value.figure}},
 * {@code {k.value.changeFrom(k.previous)}}, {@code {v.money('EUR')}}, {@code {day.shortDate}}, {@code {day.weekLabel}},
 * {@code {asOf.moment(tenant.zone)}}, {@code {m.hello.with(name)}}, {@code {k.metric.label('metric')}}. Of NULL it is a dash: data have
 * gaps, and a report is worth reading with them.
 * Trap: no reflection here, a native image has none of it.
 */
final class FormatResolvers implements ValueResolver {
    static final String FORMATS = "io.weekly.formats";
    static final String MESSAGES = "io.weekly.messages";
    private static final int MOST_DIGITS = 20;
    private static final Set<String> OF_NULL = Set.of("integer", "decimal", "money", "compactMoney", "compact", "figure", "percent",
            "changeFrom", "shortDate", "longDate", "weekday", "weekdayShort", "weekNumber", "weekYear", "weekLabel", "moment", "label", "atMost");

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
            Object answer = answer(context, arguments);
            return answer == null ? Results.NotFound.from(context) : answer;
        });
    }

    private static CompletionStage<List<Object>> arguments(List<Expression> rest, EvalContext context, List<Object> known) {
        if (rest.isEmpty()) {
            return CompletedStage.of(known);
        }
        return context.evaluate(rest.getFirst()).thenCompose(value -> {
            known.add(value == Nothing.DASH ? null : value);
            return arguments(rest.subList(1, rest.size()), context, known);
        });
    }

    private static Object answer(EvalContext context, List<Object> arguments) {
        Formats formats = (Formats) context.getAttribute(FORMATS);
        String name = context.getName();
        try {
            return switch (context.getBase()) {
                case null -> ofNull(name);
                case Number number -> ofNumber(number, name, arguments, formats);
                case LocalDate day -> ofDay(day, context, formats);
                case LocalDateTime time when name.equals("moment") -> arguments.isEmpty()
                        ? formats.moment(time)
                        : formats.moment(time.toInstant(ZoneOffset.UTC), text(name, arguments));
                case LocalDateTime time -> ofDay(time.toLocalDate(), context, formats);
                case Instant instant when name.equals("moment") -> formats.moment(instant, text(name, arguments));
                case String text -> ofText(text, name, arguments, context);
                default -> null;
            };
        } catch (IllegalArgumentException | DateTimeException e) {
            throw TemplateException.builder()
                    .origin(context.getParams().isEmpty() ? null : context.getParams().getFirst().getOrigin())
                    .message("{said}")
                    .argument("said", String.valueOf(e.getMessage()))
                    .cause(e)
                    .build();
        }
    }

    private static Object ofNull(String name) {
        return switch (name) {
            case "directionFrom" -> "unknown";
            case "percentOf" -> 0L;
            default -> OF_NULL.contains(name) ? Nothing.DASH : null;
        };
    }

    private static Object ofNumber(Number value, String name, List<Object> arguments, Formats formats) {
        return switch (name) {
            case "integer" -> formats.integer(value);
            case "decimal" -> formats.decimal(value, arguments.isEmpty() ? 1 : digits(number(name, arguments)));
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

    /** For the width of a bar, so of nothing it is none. */
    private static long percentOf(Number value, Number whole) {
        return whole == null ? 0 : Math.round(Math.clamp(100 * value.doubleValue() / whole.doubleValue(), 0, 100));
    }

    private static int digits(Number digits) {
        if (digits == null || digits.intValue() < 0 || digits.intValue() > MOST_DIGITS) {
            throw new IllegalArgumentException("decimal takes how many digits, up to " + MOST_DIGITS + ", not " + digits);
        }
        return digits.intValue();
    }

    /** The first argument, which the data may not have. */
    private static Number number(String name, List<Object> arguments) {
        return switch (first(name, arguments)) {
            case null -> null;
            case Number number -> number;
            case Object other -> throw new IllegalArgumentException(name + " takes a number, not " + other);
        };
    }

    private static String text(String name, List<Object> arguments) {
        Object text = first(name, arguments);
        if (text == null) {
            throw new IllegalArgumentException(name + "(…) is given nothing: NULL");
        }
        return text.toString();
    }

    private static Object first(String name, List<Object> arguments) {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException(name + " takes something in brackets: " + name + "(…)");
        }
        return arguments.getFirst();
    }

    private static Object ofDay(LocalDate day, EvalContext context, Formats formats) {
        return switch (context.getName()) {
            case "shortDate" -> formats.shortDate(day);
            case "longDate" -> formats.longDate(day);
            case "weekday" -> formats.weekday(day.getDayOfWeek(), TextStyle.FULL_STANDALONE);
            case "weekdayShort" -> formats.weekday(day.getDayOfWeek(), TextStyle.SHORT_STANDALONE);
            case "weekNumber" -> formats.week(day);
            case "weekYear" -> formats.weekYear(day);
            case "weekLabel" -> messages(context).get("week") instanceof String week
                    ? MessageText.with(week, List.of(formats.week(day), formats.weekYear(day)))
                    : null;
            default -> null;
        };
    }

    private static Object ofText(String text, String name, List<Object> arguments, EvalContext context) {
        return switch (name) {
            case "room" -> text.length() <= 10 ? "" : text.length() <= 14 ? "long" : "longer";
            case "with" -> MessageText.with(text, arguments);
            case "label" -> MessageText.label(text, text(name, arguments) + "_" + text, messages(context));
            default -> null;
        };
    }

    private static Map<?, ?> messages(EvalContext context) {
        return (Map<?, ?>) context.getAttribute(MESSAGES);
    }
}
