package io.weekly.retention;

import io.smallrye.mutiny.Uni;
import io.weekly.report.ReportErasure;
import io.weekly.tenant.Recipients;
import io.weekly.tenant.Scope.OfRecipient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * The addresses that a person has or had: those of its recipient, and those that its reports were mailed to, because addresses from before
 * version V12 of the schema are not remembered. All are in lower case.
 */
@ApplicationScoped
class PersonAddresses {

    private final Recipients recipients;
    private final ReportErasure reports;

    PersonAddresses(Recipients recipients, ReportErasure reports) {
        this.recipients = recipients;
        this.reports = reports;
    }

    /**
     * All of them.
     *
     * @param ofRecipient the present and the earlier ones, as the recipient has them
     */
    Uni<List<String>> all(OfRecipient person, Collection<String> ofRecipient) {
        return reports.addresses(person).map(mailed -> {
            var all = new TreeSet<>(ofRecipient);
            all.addAll(mailed);
            return all.stream().map(address -> address.toLowerCase(Locale.ROOT)).distinct().toList();
        });
    }

    /**
     * Those that no other recipient of the tenant has now. Whatever an address of somebody else names may be about that person, so it is
     * neither in the export of this person nor erased with it.
     */
    Uni<List<String>> withoutOthers(OfRecipient person, List<String> addresses) {
        return recipients.ofOthers(person, addresses).map(others -> addresses.stream()
                .filter(address -> !others.contains(address))
                .toList());
    }
}
