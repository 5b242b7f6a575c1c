package io.weekly.retention;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.weekly.access.link.ReportLinks;
import io.weekly.database.Keyset;
import io.weekly.delivery.PastDeliveries;
import io.weekly.delivery.PastDeliveries.PastDelivery;
import io.weekly.report.Report;
import io.weekly.report.ReportFilter;
import io.weekly.report.Reports;
import io.weekly.tenant.Preferences;
import io.weekly.tenant.Recipient;
import io.weekly.tenant.Recipients;
import io.weekly.tenant.Scope.OfRecipient;
import io.weekly.tenant.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Collects everything that is held on one recipient, active or not. Each list has at most {@link #MAX} entries. */
@ApplicationScoped
public class PersonExports {

    /** So that the answer fits into memory: about 10 MB. A person gets a report a week of each definition. */
    private static final int MAX = 5000;
    private static final int PAGE = 200;
    /** Greater than every id, because the newest reports come first. */
    private static final String NEWEST = "f".repeat(32);

    private final Recipients recipients;
    private final Preferences preferences;
    private final Reports reports;
    private final PastDeliveries deliveries;
    private final ReportLinks links;
    private final PersonAddresses addresses;
    private final PersonReferences references;

    PersonExports(
            Recipients recipients, Preferences preferences, Reports reports, PastDeliveries deliveries, ReportLinks links,
            PersonAddresses addresses, PersonReferences references) {
        this.recipients = recipients;
        this.preferences = preferences;
        this.reports = reports;
        this.deliveries = deliveries;
        this.links = links;
        this.addresses = addresses;
        this.references = references;
    }

    /** What is held on the recipient with this user id; empty if the tenant has none, or it was erased. */
    public Uni<Optional<PersonExport>> of(Tenant tenant, String userId) {
        return recipients.find(tenant.scope(), userId).flatMap(found -> found.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : of(tenant, found.get()).map(Optional::of));
    }

    private Uni<PersonExport> of(Tenant tenant, Recipient person) {
        var scope = new OfRecipient(tenant.id(), person.id());
        return recipients.earlierAddresses(scope)
                .flatMap(earlier -> addresses.all(scope, Stream.concat(Stream.of(person.email()), earlier.stream()).toList()))
                .flatMap(all -> addresses.withoutOthers(scope, all))
                .flatMap(own -> of(tenant, person, own));
    }

    private Uni<PersonExport> of(Tenant tenant, Recipient person, List<String> all) {
        return reports(tenant, person).flatMap(own -> of(tenant, person, all, own));
    }

    private Uni<PersonExport> of(Tenant tenant, Recipient person, List<String> all, List<Report> own) {
        var earlier = all.stream().filter(address -> !address.equalsIgnoreCase(person.email())).toList();
        return Uni.combine()
                .all()
                .unis(
                        preferences.of(new OfRecipient(tenant.id(), person.id())),
                        deliveries(tenant, own),
                        links.ofRecipient(new OfRecipient(tenant.id(), person.id()), MAX),
                        references.samples(tenant, all, MAX),
                        references.schedules(tenant, all, MAX),
                        references.runs(tenant, person, all, MAX),
                        references.events(tenant, person, MAX),
                        references.actions(tenant, person, MAX),
                        references.texts(tenant, person, all, MAX))
                .usingConcurrencyOf(1)
                .with((choices, mails, linked, samples, schedules, runs, events, actions, texts) -> new PersonExport(
                        person, earlier, choices, own, mails, linked, List.of(), List.of(), samples, schedules, List.of(), runs, events,
                        actions, texts,
                        areComplete(own, linked, samples, schedules, runs, events, actions, texts)))
                .flatMap(export -> withRecordsOf(tenant, all, export));
    }

    private Uni<PersonExport> withRecordsOf(Tenant tenant, List<String> all, PersonExport export) {
        return references.suppressions(tenant, all, MAX).flatMap(suppressed -> references.softBounces(tenant, all, MAX)
                .flatMap(weeks -> references.letters(tenant, all, MAX)
                        .map(letters -> export.with(suppressed, weeks, letters, areComplete(suppressed, weeks, letters)))));
    }

    private static boolean areComplete(List<?>... lists) {
        return List.of(lists).stream().allMatch(list -> list.size() < MAX);
    }

    private Uni<List<Report>> reports(Tenant tenant, Recipient person) {
        var ofPerson = new ReportFilter(null, person.userId(), null, null, null, null);
        return Keyset.rows(NEWEST, before -> reports.list(tenant.scope(), ofPerson, PAGE, before), Report::id)
                .select()
                .first(MAX)
                .collect()
                .asList();
    }

    private Uni<List<PastDelivery>> deliveries(Tenant tenant, List<Report> own) {
        var ids = own.stream().map(Report::id).toList();
        var chunks = new ArrayList<List<String>>();
        for (var from = 0; from < ids.size(); from += PAGE) {
            chunks.add(ids.subList(from, Math.min(from + PAGE, ids.size())));
        }
        return Multi.createFrom()
                .iterable(chunks)
                .onItem()
                .transformToUniAndConcatenate(chunk -> deliveries.of(tenant.id(), chunk))
                .onItem()
                .<PastDelivery>disjoint()
                .collect()
                .asList();
    }
}
