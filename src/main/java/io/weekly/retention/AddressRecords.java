package io.weekly.retention;

import io.smallrye.mutiny.Uni;
import io.weekly.delivery.suppression.SoftBounce;
import io.weekly.delivery.suppression.Suppression;
import io.weekly.delivery.suppression.TenantSuppressions;
import io.weekly.owner.SentLetters;
import io.weekly.owner.SentLetters.PersonLetter;
import io.weekly.tenant.Scope.OfTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What is held on addresses themselves, whoever has them: suppressions, full mailboxes, and letters that went to them. */
@ApplicationScoped
class AddressRecords {

    private final TenantSuppressions suppressions;
    private final SentLetters letters;

    AddressRecords(TenantSuppressions suppressions, SentLetters letters) {
        this.suppressions = suppressions;
        this.letters = letters;
    }

    Uni<List<Suppression>> suppressions(OfTenant scope, List<String> addresses, int max) {
        return suppressions.ofAddresses(scope, addresses, max);
    }

    Uni<List<SoftBounce>> softBounces(OfTenant scope, List<String> addresses, int max) {
        return suppressions.softBounces(scope, addresses, max);
    }

    Uni<List<PersonLetter>> letters(OfTenant scope, List<String> addresses, int max) {
        return letters.to(scope, addresses, max);
    }
}
