package io.weekly.delivery.inbound;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.audit.PersonalText;
import io.weekly.delivery.LateReplies;
import io.weekly.delivery.reply.ReplyClass;
import io.weekly.delivery.suppression.SoftBounces;
import io.weekly.delivery.suppression.SuppressionReason;
import io.weekly.delivery.suppression.Suppressions;
import io.weekly.report.LateOutcomes;
import io.weekly.report.LateReport;
import io.weekly.report.ReportStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an event changes, in the caller's transaction. docs/inbound.md has the table. */
@ApplicationScoped
class LateEffects {

    /** The oldest time of an event that is believed; it orders suppressions and full mailboxes, and nothing else. */
    private static final Duration OLDEST = Duration.ofDays(30);

    private final LateOutcomes reports;
    private final Suppressions suppressions;
    private final SoftBounces softBounces;
    private final LateLinks links;
    private final AuditLog audit;
    private final Clock clock;

    LateEffects(
            LateOutcomes reports, Suppressions suppressions, SoftBounces softBounces, LateLinks links, AuditLog audit, Clock clock) {
        this.reports = reports;
        this.suppressions = suppressions;
        this.softBounces = softBounces;
        this.links = links;
        this.audit = audit;
        this.clock = clock;
    }

    /** Applies an event that is new. The caller has locked the report. */
    Uni<InboundResult> apply(SqlClient transaction, InboundEvent event, MailMatch match, LateReport report) {
        return switch (event.type()) {
            case BOUNCE -> bounced(transaction, event, match, report);
            case COMPLAINT -> complained(transaction, event, match);
            case DELIVERED -> delivered(transaction, event, match, report);
            case PASSED_ON -> passedOn(transaction, event, match, report);
            case DEFERRED -> Uni.createFrom().item(InboundResult.NOTHING_TO_DO);
        };
    }

    /**
     * An earlier delivery says nothing about how the report ended, but its reply is as true of the address. If the delivery is known to be
     * rejected, this is a second copy of that event: it must not end a report that is being retried.
     */
    private Uni<InboundResult> bounced(SqlClient transaction, InboundEvent event, MailMatch match, LateReport report) {
        var changesReport = match.isLatest() && report.state() == LateReport.State.CHANGEABLE;
        if (match.isRejected() || match.isLatest() && !changesReport) {
            return Uni.createFrom().item(InboundResult.DECIDED);
        }
        var meaning = event.meaning();
        return LateReplies.rejected(
                        transaction, match.tenantId(), match.delivery(), event.reply().text(), meaning, clock.instant())
                .flatMap(_ -> changesReport
                        ? endOrMailWithLink(transaction, event, match, report, meaning)
                        : Uni.createFrom().voidItem())
                .flatMap(_ -> aboutAddress(transaction, event, match, meaning))
                .replaceWith(InboundResult.APPLIED);
    }

    /** A mail that is too large with its files is sent once more, with a link in their place. */
    private Uni<Void> endOrMailWithLink(
            SqlClient transaction, InboundEvent event, MailMatch match, LateReport report, ReplyClass meaning) {
        return meaning == ReplyClass.TOO_LARGE && match.hadFiles() && report.canBeMailedWithLink() && links.areAllowed()
                ? reports.mailAgain(transaction, report)
                        .flatMap(_ -> links.nextDelivery(transaction, match))
                        .flatMap(_ -> append(transaction, event, match, report.status(), "report.deferred"))
                : end(transaction, event, match, report, status(meaning));
    }

    /** A full mailbox is about this reader too, but nothing is left that could be tried again. All the rest can be retried by a user. */
    private static ReportStatus status(ReplyClass meaning) {
        return switch (meaning) {
            case ADDRESS, MAILBOX_FULL -> ReportStatus.BOUNCED;
            case TEMPORARY, SENDER, DOMAIN_LIMIT, TOO_LARGE, SERVICE -> ReportStatus.FAILED;
        };
    }

    private Uni<Void> aboutAddress(SqlClient transaction, InboundEvent event, MailMatch match, ReplyClass meaning) {
        var text = event.reply().text();
        return switch (meaning) {
            case ADDRESS -> suppressions.add(
                    transaction, match.tenantId(), match.address(), SuppressionReason.BOUNCED, text, at(event));
            // A sample is outside the weekly mails whose full mailboxes count.
            case MAILBOX_FULL -> match.mailTo() == null
                    ? softBounces.add(transaction, match.tenantId(), match.address(), match.period(), text, at(event))
                    : Uni.createFrom().voidItem();
            case TEMPORARY, SENDER, DOMAIN_LIMIT, TOO_LARGE, SERVICE -> Uni.createFrom().voidItem();
        };
    }

    /** The report stays as it is: its mail has arrived. */
    private Uni<InboundResult> complained(SqlClient transaction, InboundEvent event, MailMatch match) {
        return suppressions
                .add(transaction, match.tenantId(), match.address(), SuppressionReason.COMPLAINED, event.reply().text(), at(event))
                .flatMap(_ -> append(transaction, event, match, null, "report.complained"))
                .replaceWith(InboundResult.APPLIED);
    }

    /** If nobody knew whether the mail was sent, it is known now. A mail that is known to be rejected did not arrive, whatever follows. */
    private Uni<InboundResult> delivered(SqlClient transaction, InboundEvent event, MailMatch match, LateReport report) {
        if (match.isRejected()) {
            return Uni.createFrom().item(InboundResult.DECIDED);
        }
        var endsReport = match.isLatest() && report.state() == LateReport.State.CHANGEABLE && report.status() != ReportStatus.DELIVERED;
        return softBounces.arrived(transaction, match.tenantId(), match.address(), match.period(), at(event))
                .flatMap(_ -> endsReport ? arrived(transaction, event, match, report) : Uni.createFrom().voidItem())
                .replaceWith(InboundResult.APPLIED);
    }

    /** The mail was sent. Nobody says that it arrived, so the mailbox may be full. */
    private Uni<InboundResult> passedOn(SqlClient transaction, InboundEvent event, MailMatch match, LateReport report) {
        return match.isLatest() && !match.isRejected() && report.status() == ReportStatus.UNKNOWN
                ? arrived(transaction, event, match, report).replaceWith(InboundResult.APPLIED)
                : Uni.createFrom().item(InboundResult.NOTHING_TO_DO);
    }

    private Uni<Void> arrived(SqlClient transaction, InboundEvent event, MailMatch match, LateReport report) {
        return LateReplies.accepted(transaction, match.tenantId(), match.delivery(), event.reply().text(), clock.instant())
                .flatMap(_ -> end(transaction, event, match, report, ReportStatus.DELIVERED));
    }

    private Uni<Void> end(SqlClient transaction, InboundEvent event, MailMatch match, LateReport report, ReportStatus to) {
        var error = to == ReportStatus.DELIVERED ? null : event.reply().text();
        return reports.end(transaction, report, to, error, clock.instant())
                .flatMap(_ -> append(transaction, event, match, report.status(), "report." + to.text()));
    }

    /** @param was the status before; null if it stays */
    private Uni<Void> append(
            SqlClient transaction, InboundEvent event, MailMatch match, @Nullable ReportStatus was, String action) {
        var detail = new LinkedHashMap<String, Object>();
        detail.put("source", event.source().text());
        detail.put("number", match.delivery().number());
        if (was != null) {
            detail.put("was", was);
        }
        if (event.type() == InboundEvent.Type.BOUNCE) {
            detail.put("class", event.meaning().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
        detail.put("reason", match.mailTo() != null
                ? PersonalText.ofAddress(match.mailTo(), event.reply().text())
                : PersonalText.ofRecipient(match.recipientId(), event.reply().text()));
        return audit.append(transaction, new AuditEvent(
                match.tenantId(), clock.instant(), AuditEvent.SERVICE, action, match.delivery().reportId(), detail));
    }

    private Instant at(InboundEvent event) {
        var now = clock.instant();
        var at = event.at();
        return at == null || at.isAfter(now) || at.isBefore(now.minus(OLDEST)) ? now : at;
    }
}
