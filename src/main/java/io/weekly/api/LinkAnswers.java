package io.weekly.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.weekly.access.link.LinkOrder;
import io.weekly.access.link.LinkResult;
import io.weekly.access.link.Links;
import io.weekly.api.http.IdempotentRequests;
import io.weekly.api.http.ProblemException;
import io.weekly.report.Report;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers requests for links. With an Idempotency-Key, the database stores the answer for a day. So the stored answer has no address, whose
 * token opens the file: the address is added to it each time.
 */
@ApplicationScoped
class LinkAnswers {

    private final IdempotentRequests idempotent;
    private final Links links;
    private final ObjectMapper json;

    LinkAnswers(IdempotentRequests idempotent, Links links, ObjectMapper json) {
        this.idempotent = idempotent;
        this.links = links;
        this.json = json;
    }

    /** The order of a link to a file of the report. Fails with a 422 if the report has no such file, and with a 410 if it has expired. */
    static LinkOrder order(Report report, LinkRequest wanted, String actor) {
        if (report.files().stream().noneMatch(file -> file.format().equals(wanted.format()))) {
            throw ProblemException.invalid("format", "is no file of this report");
        }
        var file = FileResource.file(report, wanted.format());
        return new LinkOrder(report.tenantId(), report.id(), file.format(), file.expiresAt(), wanted.ttl(), Optional.empty(), actor);
    }

    /** The link. Fails with a 409 or 422 if there is none. */
    static LinkResult.Made made(LinkResult result) {
        return switch (result) {
            case LinkResult.Made made -> made;
            case LinkResult.NoKey _ -> throw ProblemException.conflict(
                    "This service has no key to sign links with (weekly.keys.current).");
            case LinkResult.NoReader _ -> throw ProblemException.conflict(
                    "No link to this report works, because its recipient or tenant has ended or is not active.");
            case LinkResult.TooLong tooLong -> throw ProblemException.invalid(
                    "ttlSeconds", "must be at most %d: links of this tenant work for %d days"
                            .formatted(tooLong.longest().toSeconds(), tooLong.longest().toDays()));
        };
    }

    /**
     * @param report which the caller may see
     * @param work answers with a {@link LinkResult.Made}
     */
    Uni<Response> answer(Report report, LinkRequest wanted, Supplier<Uni<Response>> work) {
        return idempotent.answer(wanted, work).map(answer -> withUrl(answer, report));
    }

    private Response withUrl(Response answer, Report report) {
        var made = made(answer.getEntity());
        // Somebody could have put the link of another report into the stored answer.
        if (made.terms().tenantId() != report.tenantId() || !made.terms().reportId().equals(report.id())) {
            throw new IllegalStateException("the stored answer has the link %s of another report".formatted(made.id()));
        }
        return Response.fromResponse(answer)
                .entity(new CreatedLink(made.id(), links.url(made), made.expiresAt()))
                .type(MediaType.APPLICATION_JSON)
                .build();
    }

    /** A stored answer has the bytes of its JSON. */
    private LinkResult.Made made(Object entity) {
        try {
            return entity instanceof byte[] stored ? json.readValue(stored, LinkResult.Made.class) : (LinkResult.Made) entity;
        } catch (IOException e) {
            throw new UncheckedIOException("the stored answer is no link", e);
        }
    }
}
