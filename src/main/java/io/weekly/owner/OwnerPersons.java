package io.weekly.owner;

import io.smallrye.mutiny.Uni;
import io.weekly.database.Database;
import io.weekly.tenant.Person;
import io.weekly.tenant.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * The addresses of owners in letters and problems. The owner of a schedule that still fires stays its owner, so a later letter names the
 * person again, until somebody gives the schedule to another one.
 */
@ApplicationScoped
class OwnerPersons implements PersonalData {

    private final Database database;
    private final OwnerMails mails;
    private final SentLetters sent;
    private final AddressProblems problems;

    OwnerPersons(Database database, OwnerMails mails, SentLetters sent, AddressProblems problems) {
        this.database = database;
        this.mails = mails;
        this.sent = sent;
        this.problems = problems;
    }

    @Override
    public Uni<Boolean> erase(Person person) {
        return erase(person.tenant().tenantId(), Optional.of(person.addresses()));
    }

    @Override
    public Uni<Boolean> eraseAll(int tenantId) {
        return erase(tenantId, Optional.empty());
    }

    private Uni<Boolean> erase(int tenantId, Optional<List<String>> addresses) {
        return mails.erase(database.client(), tenantId, addresses)
                .flatMap(_ -> problems.erase(tenantId, addresses))
                .flatMap(_ -> sent.erase(tenantId, addresses));
    }
}
