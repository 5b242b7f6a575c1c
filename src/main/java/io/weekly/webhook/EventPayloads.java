package io.weekly.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.PersonalText;
import io.weekly.webhook.EventOutbox.Occurrence;
import io.weekly.webhook.OutgoingEvent.Facts;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes the payloads of events: {@code {type, timestamp, data}}. The data of a report and of a run have the names that the API has for
 * them. The only thing in them about a person is the user id of the recipient. So a report's error is not the text of the API, which may
 * quote an address or a figure, but only the codes of the mail server's reply.
 */
@ApplicationScoped
class EventPayloads {

    private static final Pattern REPLY_CODES = Pattern.compile("\\A([245][0-9]{2})[ -](?:#?([245]\\.[0-9]{1,3}\\.[0-9]{1,3})(?![0-9.]))?");

    private final EventFacts facts;
    private final ObjectMapper json;

    EventPayloads(EventFacts facts, ObjectMapper json) {
        this.facts = facts;
        this.json = json;
    }

    /**
     * The events with their payloads, in their order. An event whose report or run does not exist any more is left out.
     *
     * @param tenant its slug
     * @param occurrences all of one tenant
     */
    Uni<List<OutgoingEvent>> of(SqlClient transaction, String tenant, List<Occurrence> occurrences) {
        return facts.reports(transaction, tenant, subjects(occurrences, WebhookEvent.About.REPORT))
                .flatMap(reports -> facts.runs(transaction, tenant, subjects(occurrences, WebhookEvent.About.RUN))
                        .map(runs -> outgoing(occurrences, reports, runs)));
    }

    private static EventFacts.Subjects subjects(List<Occurrence> occurrences, WebhookEvent.About about) {
        var ids = occurrences.stream()
                .filter(occurrence -> occurrence.event().about() == about)
                .map(occurrence -> occurrence.audited().subject())
                .distinct()
                .toList();
        return new EventFacts.Subjects(occurrences.getFirst().tenantId(), ids);
    }

    private List<OutgoingEvent> outgoing(List<Occurrence> occurrences, Map<String, Facts> reports, Map<String, Facts> runs) {
        var all = new ArrayList<OutgoingEvent>();
        for (var occurrence : occurrences) {
            var known = occurrence.event().about() == WebhookEvent.About.REPORT ? reports : runs;
            var found = known.get(occurrence.audited().subject());
            if (found != null) {
                all.add(outgoing(occurrence, found));
            }
        }
        return all;
    }

    private OutgoingEvent outgoing(Occurrence occurrence, Facts found) {
        var data = new LinkedHashMap<>(found.data());
        switch (occurrence.event()) {
            case REPORT_FAILED, REPORT_BOUNCED, REPORT_GENERATED, REPORT_DELIVERED -> {
                data.put("status", occurrence.event().text().substring("report.".length()));
                data.put("error", error(occurrence.audited()).orElse(null));
            }
            case RUN_DEADLINE_MISSED -> data.put("deadline", occurrence.audited().detail().get("deadline"));
            case RUN_FINISHED, RUN_HELD, TEST -> {}
        }
        var body = body(occurrence.event(), occurrence.audited().at(), data);
        return new OutgoingEvent(occurrence.tenantId(), occurrence.event(), found.recipientId(), body);
    }

    /** The codes of a mail server's reply: {@code 550 5.1.1}. Empty if the reason is something else. */
    static Optional<String> error(AuditEvent event) {
        if (!(event.detail().get("reason") instanceof PersonalText reason)) {
            return Optional.empty();
        }
        var codes = REPLY_CODES.matcher(reason.text());
        return codes.lookingAt()
                ? Optional.of(codes.group(2) == null ? codes.group(1) : codes.group(1) + " " + codes.group(2))
                : Optional.empty();
    }

    /** The payload of a test. */
    OutgoingEvent test(int tenantId, String tenant, String webhookId, Instant at) {
        var data = new LinkedHashMap<String, Object>();
        data.put("tenant", tenant);
        data.put("webhook", webhookId);
        return new OutgoingEvent(tenantId, WebhookEvent.TEST, Optional.empty(), body(WebhookEvent.TEST, at, data));
    }

    private String body(WebhookEvent event, Instant at, Map<String, Object> data) {
        var payload = new LinkedHashMap<String, Object>();
        payload.put("type", event.text());
        payload.put("timestamp", at.toString());
        payload.put("data", data);
        try {
            return json.writeValueAsString(payload);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a payload must be plain JSON", e);
        }
    }
}
