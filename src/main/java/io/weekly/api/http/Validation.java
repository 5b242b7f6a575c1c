package io.weekly.api.http;

import io.weekly.api.http.Problem.Invalid;
import io.weekly.tenant.Recipient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.Validator;
import java.util.Comparator;
import java.util.List;

/** Holds what a body brought against the rules of its record. */
@ApplicationScoped
public class Validation {

    private final Validator validator;

    Validation(Validator validator) {
        this.validator = validator;
    }

    /** Each broken rule with its field, in the order of the fields; none where all is right. */
    public List<Invalid> errors(Object record) {
        return validator.validate(record).stream()
                .map(violation -> new Invalid(field(violation.getPropertyPath().toString()), violation.getMessage()))
                .sorted(Comparator.comparing(Invalid::field).thenComparing(Invalid::message))
                .toList();
    }

    /** The record itself where all is right; a 422 that names each field that is not. */
    public <T> T require(T record) {
        var errors = errors(record);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return record;
    }

    /** Whether a mail can go there, by the rule for a recipient's address. */
    public boolean isMailAddress(String text) {
        return validator.validateValue(Recipient.class, "email", text).isEmpty();
    }

    /** The body of a request that cannot do without one. JSON's null arrives as none. */
    public static <T> T body(T body) {
        if (body == null) {
            throw ProblemException.badRequest("The body must be one JSON object.");
        }
        return body;
    }

    /** The path's name of a thing; a body may repeat it, as one does that comes from a GET, and not change it. */
    public static String named(String field, String inBody, String inPath) {
        if (inBody != null && !inBody.equals(inPath)) {
            throw ProblemException.invalid(field, "must be the one in the path");
        }
        return inPath;
    }

    /** A path as JSON would have it: the validator calls an element of a list {@code formats[1].<list element>}. */
    static String field(String path) {
        return path.replace(".<list element>", "");
    }
}
