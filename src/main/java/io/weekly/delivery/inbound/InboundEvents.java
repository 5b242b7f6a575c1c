package io.weekly.delivery.inbound;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.database.Database;
import io.weekly.delivery.DomainReplies.Change;
import io.weekly.delivery.inbound.InboundEvent.Type;
import io.weekly.report.LateOutcomes;
import io.weekly.report.LateReport;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Applies events to the mails that they are about. Each event is one transaction, and applying it twice changes nothing. */
@ApplicationScoped
public class InboundEvents {

    private final Database database;
    private final MailMatches matches;
    private final LateOutcomes reports;
    private final InboundMemory memory;
    private final LateEffects effects;
    private final LateDomains domains;
    private final OtherMails others;

    InboundEvents(
            Database database, MailMatches matches, LateOutcomes reports, InboundMemory memory, LateEffects effects, LateDomains domains,
            OtherMails others) {
        this.database = database;
        this.matches = matches;
        this.reports = reports;
        this.memory = memory;
        this.effects = effects;
        this.domains = domains;
        this.others = others;
    }

    /** Applies the events one after the other; the results are in their order. */
    public Uni<List<InboundResult>> applyAll(List<InboundEvent> events) {
        return Multi.createFrom().iterable(events).onItem().transformToUniAndConcatenate(this::apply).collect().asList();
    }

    /** Applies one event. Fails only if the database does. */
    public Uni<InboundResult> apply(InboundEvent event) {
        if (event.type() == Type.DEFERRED) {
            return Uni.createFrom().item(InboundResult.NOTHING_TO_DO);
        }
        return matches.find(event).flatMap(found -> switch (found) {
            case MailMatches.Found.One(var match) -> ofMail(event, match);
            case MailMatches.Found.Several _ -> Uni.createFrom().item(InboundResult.CONTRADICTORY);
            case MailMatches.Found.None _ -> others.bounced(event);
        });
    }

    /** The match may be older than the last change of the delivery. */
    Uni<InboundResult> ofMail(InboundEvent event, MailMatch match) {
        return database.transaction(transaction -> reports
                        .lock(transaction, match.tenantId(), match.delivery().reportId())
                        .flatMap(report -> report.isEmpty()
                                ? end(InboundResult.UNKNOWN_MAIL)
                                : locked(transaction, event, match, report.get())))
                .call(applied -> domains.changed(applied.changes()))
                .map(Applied::result);
    }

    /** @param changes what changed for whole domains of recipients */
    private record Applied(InboundResult result, List<Change> changes) {}

    private static Uni<Applied> end(InboundResult result) {
        return Uni.createFrom().item(new Applied(result, List.of()));
    }

    /** Reads the delivery again: before the lock, the person could be erased, and another attempt could begin. */
    private Uni<Applied> locked(SqlClient transaction, InboundEvent event, MailMatch before, LateReport report) {
        return matches.again(transaction, before).flatMap(found -> {
            if (found.isEmpty() || found.get().isErased()) {
                return end(InboundResult.UNKNOWN_MAIL);
            }
            var match = found.get();
            if (!match.isFor(event)) {
                return end(InboundResult.OTHER_RECIPIENT);
            }
            // A complaint is as true of the address whichever attempt it is about.
            return event.type() != Type.COMPLAINT && match.isOtherMail(event.mail())
                    ? end(InboundResult.DECIDED)
                    : once(transaction, event, match, report);
        });
    }

    /** A bounce that is faster than our own commit is not remembered: the sender sends it again. */
    private Uni<Applied> once(SqlClient transaction, InboundEvent event, MailMatch match, LateReport report) {
        if (event.type() == Type.BOUNCE && match.isLatest() && report.state() == LateReport.State.BEING_SENT) {
            return end(InboundResult.TOO_EARLY);
        }
        return memory.remember(transaction, event).flatMap(isNew -> isNew
                ? effects.apply(transaction, event, match, report).flatMap(result -> applied(transaction, event, match, result))
                : end(InboundResult.REPEATED));
    }

    private Uni<Applied> applied(SqlClient transaction, InboundEvent event, MailMatch match, InboundResult result) {
        return result == InboundResult.APPLIED
                ? domains.record(transaction, event, match).map(changes -> new Applied(result, changes))
                : end(result);
    }
}
