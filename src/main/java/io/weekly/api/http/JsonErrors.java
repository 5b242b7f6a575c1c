package io.weekly.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.weekly.report.Period;
import io.weekly.tenant.PdfPassword;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Describes Jackson's errors for clients: by field and line, without the names of Java classes. */
public final class JsonErrors {

    private static final Map<Class<?>, String> EXPECTED = Map.of(
            String.class, "must be text",
            PdfPassword.class, "must be text, or null for none",
            Boolean.class, "must be true or false",
            Integer.class, "must be a whole number",
            BigDecimal.class, "must be a number",
            LocalDate.class, "must be a date such as 2026-11-23",
            LocalTime.class, "must be a time such as 06:30",
            DayOfWeek.class, "must be a weekday such as monday",
            Instant.class, "must be a time such as 2026-11-23T06:30:00Z",
            Period.class, "must be an ISO week such as 2026-W47");

    private static final Pattern DUPLICATE = Pattern.compile("Duplicate field '(.{1,100})'", Pattern.DOTALL);

    private JsonErrors() {}

    /** A 422 with the field if the error belongs to one, else a 400 with line and column. */
    public static ProblemException problem(JsonProcessingException failure) {
        if (!(failure instanceof MismatchedInputException mismatch)) {
            return failure instanceof JsonMappingException mapping && !mapping.getPath().isEmpty() && isValueError(mapping)
                    ? ProblemException.invalid(field(mapping.getPath()), message(mapping))
                    : ProblemException.badRequest("The body is no valid JSON%s.".formatted(place(failure)));
        }
        if (mismatch.getPath().isEmpty()) {
            return ProblemException.badRequest("The body must be one JSON object.");
        }
        return ProblemException.invalid(field(mismatch.getPath()), message(mismatch));
    }

    /** The syntax error of a text of one line; empty if the syntax is right and a value is wrong. */
    public static Optional<String> syntax(JsonProcessingException failure) {
        var broken = failure.getCause() instanceof StreamReadException cause ? cause : failure;
        if (!isSyntaxError(broken)) {
            return Optional.empty();
        }
        var duplicate = DUPLICATE.matcher(broken.getOriginalMessage());
        if (duplicate.lookingAt()) {
            return Optional.of("has %s twice".formatted(duplicate.group(1)));
        }
        var place = broken.getLocation();
        return Optional.of("is no valid JSON" + (place == null ? "" : " at column " + place.getColumnNr()));
    }

    private static boolean isValueError(JsonMappingException mapping) {
        return !isSyntaxError(mapping.getCause());
    }

    /** The parser also reports a number that does not fit the type of its field, but such a number is valid JSON. */
    private static boolean isSyntaxError(@Nullable Throwable failure) {
        return failure instanceof StreamReadException && !(failure instanceof InputCoercionException);
    }

    private static String place(JsonProcessingException failure) {
        var location = failure.getLocation();
        return location == null ? "" : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }

    private static String field(List<Reference> path) {
        var field = new StringBuilder();
        for (var step : path) {
            if (step.getFieldName() == null) {
                field.append('[').append(step.getIndex()).append(']');
            } else {
                field.append(field.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return field.toString();
    }

    /** The message for a value that the constructor of its type refused (only Period does that), or that does not fit its type. */
    private static String message(JsonMappingException mapping) {
        if (mapping.getCause() instanceof InputCoercionException) {
            return "is out of range";
        }
        if (mapping.getCause() instanceof Period.NoSuchWeekException noSuchWeek) {
            return Objects.requireNonNull(noSuchWeek.getMessage());
        }
        return mapping instanceof ValueInstantiationException invalid
                ? EXPECTED.getOrDefault(invalid.getType().getRawClass(), "cannot be read")
                : "cannot be read";
    }

    private static String message(MismatchedInputException mismatch) {
        if (mismatch instanceof UnrecognizedPropertyException) {
            return "is unknown";
        }
        var target = mismatch.getTargetType();
        if (target != null && Collection.class.isAssignableFrom(target)) {
            return "must be a list";
        }
        return target == null ? "cannot be read" : EXPECTED.getOrDefault(target, "must be an object");
    }
}
