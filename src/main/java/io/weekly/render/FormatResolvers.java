package io.weekly.render;

import io.quarkus.qute.CompletedStage;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.Expression;
import io.quarkus.qute.Results;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.ValueResolver;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * What a template may ask of a number, a day, a moment or a text, in the locale of this rendering: {@code {k.value.figure}},
 * {@code {k.value.changeFrom(k.previous)}}, {@code {v.money('EUR')}}, {@code {day.shortDate}}, {@code {day.weekLabel}},
 * {@code {asOf.moment(tenant.zone)}}, {@code {m.hello.with(name)}}, {@code {k.metric.label('metric')}}.
 * Trap: no reflection here, a native image has none of it.
 */
final class FormatResolvers implements ValueResolver {
    static final String FORMATS = "io.weekly.formats";
    static final String MESSAGES = "io.weekly.messages";

    @Override
    public boolean appliesTo(EvalContext context) {
        return switch (context.getBase()) {
            case Number _, LocalDate _, LocalDateTime _, Instant _, String _ -> true;
            case null, default -> false;
        };
    }

    @Override
    public CompletionStage<Object> resolve(EvalContext context) {
        return arguments(context.getParams(), context, new ArrayList<>()).thenApply(arguments -> {
            Formats formats = (Formats) context.getAttribute(FORMATS);
            Object answer = switch (context.getBase()) {
                case Number number -> ofNumber(number, context, arguments, formats);
                case LocalDate day -> ofDay(day, context, formats);
                case LocalDateTime time -> ofDay(time.toLocalDate(), context, formats);
                case Instant instant when context.getName().equals("moment") -> formats.moment(instant, arguments.getFirst().toString());
                case String text -> ofText(text, context.getName(), arguments, context);
                default -> null;
            };
            return answer == null ? Results.NotFound.from(context) : answer;
        });
    }

    private static CompletionStage<List<Object>> arguments(List<Expression> rest, EvalContext context, List<Object> known) {
        if (rest.isEmpty()) {
            return CompletedStage.of(known);
        }
        return context.evaluate(rest.getFirst()).thenCompose(value -> {
            known.add(value);
            return arguments(rest.subList(1, rest.size()), context, known);
        });
    }

    private static Object ofNumber(Number value, EvalContext context, List<Object> arguments, Formats formats) {
        try {
            return ofNumber(value, context.getName(), arguments, formats);
        } catch (IllegalArgumentException e) {
            throw TemplateException.builder()
                    .origin(context.getParams().isEmpty() ? null : context.getParams().getFirst().getOrigin())
                    .message(String.valueOf(e.getMessage()).replace("{", "{{"))
                    .cause(e)
                    .build();
        }
    }

    private static Object ofNumber(Number value, String name, List<Object> arguments, Formats formats) {
        return switch (name) {
            case "integer" -> formats.integer(value);
            case "decimal" -> formats.decimal(value, arguments.isEmpty() ? 1 : ((Number) arguments.getFirst()).intValue());
            case "money" -> arguments.isEmpty() ? formats.money(value) : formats.money(value, arguments.getFirst().toString());
            case "compactMoney" -> arguments.isEmpty() ? null : formats.compactMoney(value, arguments.getFirst().toString());
            case "compact" -> formats.compact(value);
            case "figure" -> formats.figure(value);
            case "percent" -> formats.percent(value);
            case "changeFrom" -> formats.change(value, (Number) arguments.getFirst());
            case "directionFrom" -> formats.direction(value, (Number) arguments.getFirst());
            case "percentOf" -> Math.round(Math.clamp(100 * value.doubleValue() / ((Number) arguments.getFirst()).doubleValue(), 0, 100));
            default -> null;
        };
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
                    ? with(week, List.of(formats.week(day), formats.weekYear(day)))
                    : null;
            default -> null;
        };
    }

    private static Object ofText(String text, String name, List<Object> arguments, EvalContext context) {
        return switch (name) {
            case "room" -> text.length() <= 10 ? "" : text.length() <= 14 ? "long" : "longer";
            case "with" -> with(text, arguments);
            case "label" -> label(text, arguments.getFirst() + "_" + text, messages(context));
            default -> null;
        };
    }

    private static Map<?, ?> messages(EvalContext context) {
        return (Map<?, ?>) context.getAttribute(MESSAGES);
    }

    /**
     * Fills {0}, {1}, … Not MessageFormat: its apostrophes are a trap in French. One pass: what is filled in is not looked at again. The
     * dot of an abbreviation ends the sentence too ("395 Mio.", "Acme Inc."), so that there are never two.
     */
    static String with(String text, List<Object> arguments) {
        StringBuilder filled = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            boolean slot = text.charAt(i) == '{' && i + 2 < text.length() && text.charAt(i + 2) == '}';
            int number = slot ? text.charAt(i + 1) - '0' : -1;
            if (number >= 0 && number < arguments.size()) {
                filled.append(arguments.get(number));
                i += 2;
                boolean ended = !filled.isEmpty() && filled.charAt(filled.length() - 1) == '.';
                if (ended && text.startsWith(".", i + 1) && !text.startsWith("..", i + 1)) {
                    i++;
                }
            } else {
                filled.append(text.charAt(i));
            }
        }
        return filled.toString();
    }

    /** The message for a name of the data's own ({@code metric_revenue}), or the name itself made presentable. */
    static String label(String name, String key, Map<?, ?> messages) {
        if (messages.get(key) instanceof String message) {
            return message;
        }
        String spaced = name.replace('_', ' ').strip();
        return spaced.isEmpty() ? name : spaced.substring(0, 1).toUpperCase() + spaced.substring(1);
    }
}
