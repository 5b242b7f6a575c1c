package io.weekly.retention;

import io.smallrye.mutiny.Uni;
import io.weekly.audit.AuditPersons;
import io.weekly.audit.AuditTexts;
import io.weekly.audit.AuditTrail;
import io.weekly.audit.AuditTrail.Entry;
import io.weekly.audit.AuditTrail.Filter;
import io.weekly.audit.AuditTrail.NumberedEvent;
import io.weekly.database.Ids;
import io.weekly.database.Keyset;
import io.weekly.delivery.suppression.SoftBounce;
import io.weekly.delivery.suppression.Suppression;
import io.weekly.owner.SentLetters.PersonLetter;
import io.weekly.report.ReportErasure;
import io.weekly.report.ReportErasure.Sample;
import io.weekly.run.RunPersons;
import io.weekly.schedule.ScheduleOwners;
import io.weekly.tenant.Recipient;
import io.weekly.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Finds the places outside of its own data that name a person: by its addresses, or by its user id. Each list has a limit. */
@ApplicationScoped
class PersonReferences {

    private static final int PAGE = 200;

    private final ReportErasure reports;
    private final ScheduleOwners schedules;
    private final RunPersons runs;
    private final AuditTrail trail;
    private final AuditPersons persons;
    private final AuditTexts texts;
    private final AddressRecords records;

    PersonReferences(
            ReportErasure reports, ScheduleOwners schedules, RunPersons runs, AuditTrail trail, AuditPersons persons, AuditTexts texts,
            AddressRecords records) {
        this.reports = reports;
        this.schedules = schedules;
        this.runs = runs;
        this.trail = trail;
        this.persons = persons;
        this.texts = texts;
        this.records = records;
    }

    Uni<List<Suppression>> suppressions(Tenant tenant, List<String> addresses, int max) {
        return records.suppressions(tenant.scope(), addresses, max);
    }

    Uni<List<SoftBounce>> softBounces(Tenant tenant, List<String> addresses, int max) {
        return records.softBounces(tenant.scope(), addresses, max);
    }

    Uni<List<String>> samples(Tenant tenant, List<String> addresses, int max) {
        return Keyset.rows(Ids.NONE, after -> reports.samplesTo(tenant.scope(), addresses, after, PAGE), Sample::id)
                .map(Sample::id)
                .select()
                .first(max)
                .collect()
                .asList();
    }

    Uni<List<String>> schedules(Tenant tenant, List<String> addresses, int max) {
        return schedules.ownedBy(tenant.scope(), addresses, max);
    }

    Uni<List<PersonLetter>> letters(Tenant tenant, List<String> addresses, int max) {
        return records.letters(tenant.scope(), addresses, max);
    }

    Uni<List<String>> runs(Tenant tenant, Recipient person, List<String> addresses, int max) {
        return runs.of(tenant.scope(), person.userId(), addresses, max);
    }

    Uni<List<Entry>> events(Tenant tenant, Recipient person, int max) {
        return Keyset.rows(
                        0L, after -> trail.ofPerson(tenant.id(), person.userId(), after, PAGE), NumberedEvent::number)
                .map(numbered -> Entry.of(numbered.number(), tenant.slug(), numbered.event()))
                .select()
                .first(max)
                .collect()
                .asList();
    }

    Uni<List<String>> texts(Tenant tenant, Recipient person, List<String> addresses, int max) {
        return persons.pseudonym(tenant.id(), person.userId())
                .flatMap(found -> texts.about(
                        tenant.id(), AuditErasure.names(found.orElse(null), person.id(), addresses), max));
    }

    Uni<List<Entry>> actions(Tenant tenant, Recipient person, int max) {
        var byPerson = new Filter(null, "user:" + person.userId(), null, null, null);
        return Keyset.rows(Long.MAX_VALUE, before -> trail.list(tenant.id(), byPerson, PAGE, before), Entry::id)
                .select()
                .first(max)
                .collect()
                .asList();
    }
}
