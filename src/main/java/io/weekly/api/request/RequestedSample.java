package io.weekly.api.request;

import io.smallrye.mutiny.Uni;
import io.weekly.access.Caller;
import io.weekly.api.http.ProblemException;
import io.weekly.report.Period;
import io.weekly.report.ReportRequests;
import io.weekly.tenant.Recipient;
import io.weekly.tenant.Recipients;
import io.weekly.tenant.Tenant;
import io.weekly.text.EmailAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Requests a sample: the report of one recipient, mailed to the caller. */
@ApplicationScoped
public class RequestedSample {

    private final ReportRequests requests;
    private final Recipients recipients;
    private final OrderLimits limits;

    RequestedSample(ReportRequests requests, Recipients recipients, OrderLimits limits) {
        this.limits = limits;
        this.requests = requests;
        this.recipients = recipients;
    }

    /**
     * Requests the sample and returns the id of its report. Fails with a 422 if there is no such active recipient, or no address for the
     * caller, and with a 429 if the tenant has ordered too many.
     *
     * @param userId of the recipient; null for the caller
     */
    public Uni<String> request(
            Caller caller, Tenant tenant, String definition, Period period, @Nullable String userId, List<String> formats) {
        return self(caller, tenant).flatMap(self -> recipient(tenant, self, userId)
                        .call(() -> limits.countTestSend(tenant))
                        .flatMap(recipient -> requests.sample(
                                tenant.id(), caller.actor(), definition, period.toString(), recipient.id(), formats,
                                address(caller, self))))
                .map(id -> id.orElseThrow(RequestedSample::noRecipient));
    }

    /** The caller as a recipient of its tenant. An operator is never a recipient, even if a recipient has the same user id. */
    private Uni<Optional<Recipient>> self(Caller caller, Tenant tenant) {
        return caller.tenant().isPresent() ? active(tenant, caller.userId()) : Uni.createFrom().item(Optional.empty());
    }

    private Uni<Recipient> recipient(Tenant tenant, Optional<Recipient> self, @Nullable String userId) {
        var found = userId == null ? Uni.createFrom().item(self) : active(tenant, userId);
        return found.map(recipient -> recipient.orElseThrow(RequestedSample::noRecipient));
    }

    private Uni<Optional<Recipient>> active(Tenant tenant, String userId) {
        return recipients.find(tenant.scope(), userId).map(found -> found.filter(Recipient::active));
    }

    private static ProblemException noRecipient() {
        return ProblemException.invalid("recipient", "is no recipient of this tenant");
    }

    private String address(Caller caller, Optional<Recipient> self) {
        return self.map(Recipient::email)
                .or(() -> caller.mail().map(RequestedSample::ofToken))
                .orElseThrow(() -> ProblemException.invalid("email", "is in no claim of the token, and the caller is no recipient"));
    }

    private static String ofToken(String claim) {
        return switch (EmailAddress.parse(claim)) {
            case EmailAddress.Valid valid -> valid.normal();
            case EmailAddress.Invalid(var reason) ->
                throw ProblemException.invalid("email", "in the token must be an e-mail address: " + reason);
        };
    }
}
