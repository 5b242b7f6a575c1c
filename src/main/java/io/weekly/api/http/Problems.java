package io.weekly.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.weekly.access.ClientAddress;
import io.weekly.access.LimitExceededException;
import io.weekly.access.NotVisibleException;
import io.weekly.access.RefusedAccess.Reason;
import io.weekly.access.RequestLimits;
import io.weekly.access.Unavailable;
import io.weekly.api.http.Problem.Invalid;
import io.weekly.keys.MissingKeyException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns the exceptions of a request into a {@link Problem}. */
class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);

    private static final Map<Integer, String> DETAILS = Map.of(
            404, "There is no such thing here.",
            405, "This is not a method for this resource.",
            406, "None of the accepted media types can be made of this.",
            413, "The body is too large.",
            415, "This is not a media type for the body of this resource.");

    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;

    private final RequestLimits limits;
    private final CurrentVertxRequest request;
    private final Refusals refusals;

    Problems(RequestLimits limits, CurrentVertxRequest request, Refusals refusals) {
        this.limits = limits;
        this.request = request;
        this.refusals = refusals;
    }

    @ServerExceptionMapper
    Response problem(ProblemException failure, UriInfo uri) {
        switch (failure.status()) {
            case NOT_FOUND -> refusals.recordIfHidden();
            case TOO_MANY -> refusals.record(Reason.TOO_MANY);
            default -> {} // the request was not refused for its caller
        }
        var problem = Response.fromResponse(response(failure.status(), failure.detail(), uri, failure.errors()));
        failure.headers().forEach(problem::header);
        return problem.build();
    }

    @ServerExceptionMapper
    Response notVisible(NotVisibleException failure, UriInfo uri) {
        refusals.record(Reason.OTHER_TENANT);
        return response(NOT_FOUND, ProblemException.notFound().detail(), uri, List.of());
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException failure, UriInfo uri) {
        refusals.record(Reason.FORBIDDEN);
        var detail = failure.getMessage() == null ? "This is not allowed." : failure.getMessage();
        return response(403, detail, uri, List.of());
    }

    @ServerExceptionMapper
    Response limited(LimitExceededException failure, UriInfo uri) {
        return problem(ProblemException.tooMany(String.valueOf(failure.getMessage()), failure.waitingTime()), uri);
    }

    /** A request without a token cannot guess at one, so it does not count as a failure of its address. */
    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    Response unauthorized(SecurityException failure, UriInfo uri) {
        if (Unavailable.isCauseOf(failure)) {
            return problem(ProblemException.unavailable(), uri);
        }
        if (failure instanceof UnauthorizedException) {
            return unauthorized(Reason.NO_TOKEN, uri);
        }
        return limits.failure(ClientAddress.of(request.getCurrent().request()))
                .map(wait -> problem(ProblemException.tooMany("Too many tokens from this address were refused.", wait), uri))
                .orElseGet(() -> unauthorized(Reason.INVALID_TOKEN, uri));
    }

    private Response unauthorized(Reason reason, UriInfo uri) {
        refusals.record(reason);
        var problem = response(401, "A valid token is needed: Authorization: Bearer <JWT>.", uri, List.of());
        return Response.fromResponse(problem).header(HttpHeaders.WWW_AUTHENTICATE, "Bearer").build();
    }

    /** MismatchedInputException is listed because Quarkus has a mapper for it, which would win otherwise. */
    @ServerExceptionMapper({JsonProcessingException.class, MismatchedInputException.class})
    Response unreadable(JsonProcessingException failure, UriInfo uri) {
        return problem(JsonErrors.problem(failure), uri);
    }

    @ServerExceptionMapper
    Response invalid(ConstraintViolationException failure, UriInfo uri) {
        var errors = failure.getConstraintViolations().stream()
                .map(Problems::invalid)
                .sorted(Comparator.comparing(Invalid::field).thenComparing(Invalid::message))
                .toList();
        return errors.stream().anyMatch(error -> error.field().isEmpty())
                ? problem(ProblemException.badRequest("The body must be one JSON object."), uri)
                : problem(ProblemException.invalid(errors), uri);
    }

    /** The path of a violation starts with the method and the parameter. The rest is the path in the JSON. */
    private static Invalid invalid(ConstraintViolation<?> violation) {
        var steps = violation.getPropertyPath().toString().split("\\.", 3);
        return new Invalid(steps.length < 3 ? "" : Validation.field(steps[2]), violation.getMessage());
    }

    @ServerExceptionMapper
    Response web(WebApplicationException failure, UriInfo uri) {
        if (failure.getCause() instanceof JsonProcessingException unreadable) {
            return unreadable(unreadable, uri);
        }
        var status = failure.getResponse().getStatus();
        if (status >= 500 || status < 400) {
            return unexpected(failure, uri);
        }
        var detail = DETAILS.getOrDefault(status, "The request cannot be read.");
        var problem = Response.fromResponse(response(status, detail, uri, List.of()));
        var allow = failure.getResponse().getHeaderString(HttpHeaders.ALLOW);
        return (allow == null ? problem : problem.header(HttpHeaders.ALLOW, allow)).build();
    }

    /**
     * Logs the failure with a number, which the response contains too. No other code logs the failures of requests. If the database is
     * away, or the keys of the token issuer are not known, that has been logged.
     */
    @ServerExceptionMapper
    Response unexpected(Throwable failure, UriInfo uri) {
        if (Unavailable.isCauseOf(failure)) {
            return problem(ProblemException.unavailable(), uri);
        }
        var missing = MissingKeyException.causeOf(failure);
        if (missing.isPresent()) {
            LOG.errorf("a request for %s failed: %s", LinkPaths.withoutToken(uri.getPath()), missing.get().getMessage());
            return problem(ProblemException.keyMissing(), uri);
        }
        var number = UUID.randomUUID();
        LOG.errorf(failure, "a request for %s failed unexpectedly (error %s)", LinkPaths.withoutToken(uri.getPath()), number);
        return response(500, "Something went wrong here; the service's log has it as error %s.".formatted(number), uri, List.of());
    }

    private static Response response(int status, String detail, UriInfo uri, List<Invalid> errors) {
        return Response.status(status)
                .type(Problem.MEDIA_TYPE)
                .entity(Problem.of(status, detail, uri.getRequestUri().getPath(), errors))
                .build();
    }
}
