package io.weekly.worker;

import io.smallrye.mutiny.Uni;
import io.weekly.delivery.suppression.Suppression;
import io.weekly.delivery.suppression.Suppressions;
import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportTask;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Decides whether the address of a report gets no mail. Each stage asks before it begins. */
@ApplicationScoped
class AddressSuppression {

    private final Suppressions suppressions;

    AddressSuppression(Suppressions suppressions) {
        this.suppressions = suppressions;
    }

    /** How the report ends if its address is suppressed; empty if it may be mailed, or is only stored. */
    Uni<Optional<Outcome.Ended>> outcome(ReportTask report) {
        return report.delivery() == DeliveryMode.NONE
                ? Uni.createFrom().item(Optional.empty())
                : suppressions.find(report.tenant().id(), report.address())
                        .map(found -> found.map(suppression -> Outcome.suppressed(reason(report, suppression))));
    }

    /** It says how an admin lifts the suppression. It does not name the address: the report does. */
    private static String reason(ReportTask report, Suppression suppression) {
        return "the address was suppressed at %s: %s (%s). An admin can lift this: DELETE /api/v1/tenants/%s/suppressions/%s".formatted(
                suppression.firstAt().truncatedTo(ChronoUnit.SECONDS), suppression.reason().words(), suppression.reason().text(),
                report.tenant().slug(), suppression.id());
    }
}
