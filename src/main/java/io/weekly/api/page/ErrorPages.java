package io.weekly.api.page;

import io.smallrye.mutiny.Uni;
import io.weekly.access.RefusedAccess.Reason;
import io.weekly.api.http.ProblemException;
import io.weekly.api.http.Refusals;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Shows a page for a problem to a person who opened an address of a mail in a browser. Other clients get the problem itself. */
@ApplicationScoped
public class ErrorPages {

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int GONE = 410;
    private static final int TOO_MANY = 429;

    private final Refusals refusals;

    ErrorPages(Refusals refusals) {
        this.refusals = refusals;
    }

    /** The page instead of the problem. Fails with the problem if the client does not want a page, or if there is none for it. */
    public Uni<Response> instead(ProblemException problem, HttpHeaders request) {
        var page = name(problem);
        if (page.isEmpty() || !prefersPage(request)) {
            return Uni.createFrom().failure(problem);
        }
        if (problem.status() == TOO_MANY) {
            refusals.record(Reason.TOO_MANY);
        }
        var texts = PageTexts.accepted(request.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE));
        var text = "<p class=\"text\">" + Html.escape(texts.get("page_" + page + "_text")) + "</p>\n";
        var answer = Response.fromResponse(
                new WebPage(texts, "", "", texts.get("page_" + page + "_title"), text).response(problem.status()));
        problem.headers().forEach(answer::header);
        return Uni.createFrom().item(answer.build());
    }

    private static String name(ProblemException problem) {
        return switch (problem.status()) {
            case BAD_REQUEST -> "wrong";
            case NOT_FOUND -> "missing";
            case GONE -> "gone";
            case TOO_MANY -> "often";
            default -> "";
        };
    }

    /** Browsers name text/html first. A client that accepts anything gets the problem. */
    private static boolean prefersPage(HttpHeaders request) {
        return request.getAcceptableMediaTypes().stream()
                .filter(type -> !type.isWildcardType() && !type.isWildcardSubtype())
                .filter(type -> isPage(type) || type.getSubtype().endsWith("json"))
                .findFirst()
                .filter(ErrorPages::isPage)
                .isPresent();
    }

    private static boolean isPage(MediaType type) {
        return type.isCompatible(MediaType.TEXT_HTML_TYPE) || type.isCompatible(MediaType.APPLICATION_XHTML_XML_TYPE);
    }
}
