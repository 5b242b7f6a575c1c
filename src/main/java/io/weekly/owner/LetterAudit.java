package io.weekly.owner;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.audit.AuditEvent;
import io.weekly.audit.AuditLog;
import io.weekly.audit.PersonalText;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Writes the audit events of letters, in the transaction of the change. */
@ApplicationScoped
class LetterAudit {

    private final AuditLog audit;
    private final Clock clock;

    LetterAudit(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** The mail server took the letter. */
    Uni<Void> told(SqlClient transaction, Letter letter) {
        return append(transaction, letter, letter.kind().told(), letter.auditSubject(), detail(letter, Optional.empty()));
    }

    /** The letter was given up. */
    Uni<Void> notTold(SqlClient transaction, Letter letter, String reason) {
        return append(transaction, letter, letter.kind().notTold(), letter.auditSubject(), detail(letter, Optional.of(reason)));
    }

    /**
     * The address of the owner, or the fallback address of the tenant, bounced.
     *
     * @param late whether the mail server had taken the letter
     */
    Uni<Void> bounced(SqlClient transaction, Letter letter, String reason, boolean late) {
        var detail = detail(letter, Optional.of(reason));
        detail.put("letter", letter.id());
        detail.put("late", late);
        return append(
                transaction, letter, letter.toFallback() ? "owner.fallback-bounced" : "owner.address-bounced", letter.slug(), detail);
    }

    private static Map<String, Object> detail(Letter letter, Optional<String> reason) {
        var detail = new LinkedHashMap<String, Object>();
        detail.put("about", letter.kind().text());
        if (letter.toFallback()) {
            var owner = Objects.requireNonNull(letter.bouncedAddress());
            detail.put("owner", PersonalText.ofAddress(owner, owner));
            detail.put("fallback", PersonalText.ofAddress(letter.address(), letter.address()));
        } else {
            detail.put("owner", PersonalText.ofAddress(letter.address(), letter.address()));
        }
        detail.put("attempts", letter.attempt());
        reason.ifPresent(text -> detail.put("reason", PersonalText.ofAddress(letter.address(), AddressProblems.shortened(text))));
        return detail;
    }

    private Uni<Void> append(SqlClient transaction, Letter letter, String action, String subject, Map<String, Object> detail) {
        return audit.append(
                transaction, new AuditEvent(letter.tenantId(), clock.instant(), AuditEvent.SERVICE, action, subject, detail));
    }
}
