package io.weekly.api.http;

import io.weekly.api.http.Problem.Invalid;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Validates the records of request bodies by their annotations. */
@ApplicationScoped
public class Validation {

    private final Validator validator;

    Validation(Validator validator) {
        this.validator = validator;
    }

    /** The violations, ordered by field; empty if the record is valid. */
    public List<Invalid> errors(Object record) {
        return validator.validate(record).stream()
                .map(violation -> new Invalid(field(violation.getPropertyPath().toString()), violation.getMessage()))
                .sorted(Comparator.comparing(Invalid::field).thenComparing(Invalid::message))
                .toList();
    }

    /** Returns the record if it is valid. Fails with a 422 that names each invalid field. */
    public <T> T require(T record) {
        var errors = errors(record);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return record;
    }

    /** Returns the body. Fails with a 400 if there is none; JSON's null counts as none. */
    public static <T> T requireBody(@Nullable T body) {
        if (body == null) {
            throw ProblemException.badRequest("The body must be one JSON object.");
        }
        return body;
    }

    /** Returns the name from the path. The body may repeat it, as a body from a GET does; fails with a 422 if it has another one. */
    public static String nameInPath(String field, @Nullable String inBody, String inPath) {
        if (inBody != null && !inBody.equals(inPath)) {
            throw ProblemException.invalid(field, "must be the one in the path");
        }
        return inPath;
    }

    /** The path as in JSON: the validator calls an element of a list {@code formats[1].<list element>}. */
    static String field(String path) {
        return path.replace(".<list element>", "");
    }
}
