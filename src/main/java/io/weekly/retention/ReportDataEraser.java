package io.weekly.retention;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.weekly.database.Ids;
import io.weekly.database.Keyset;
import io.weekly.report.KeptFiles;
import io.weekly.report.ReportErasure;
import io.weekly.report.ReportErasure.Sample;
import io.weekly.tenant.Person;
import io.weekly.tenant.Scope.OfTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Erases reports page by page: first the texts in the database, in which transaction the files also expire, then the files in the store. If
 * it breaks off, it starts again at the first report, and passes over what is done.
 */
@ApplicationScoped
class ReportDataEraser {

    private static final int PAGE = 200;

    private final ReportErasure reports;
    private final KeptFiles files;
    private final FileDeleter deleter;

    ReportDataEraser(ReportErasure reports, KeptFiles files, FileDeleter deleter) {
        this.reports = reports;
        this.files = files;
        this.deleter = deleter;
    }

    /** Erases all reports of a person, and its addresses from samples that went there. Returns whether nothing is left. */
    Uni<Boolean> erase(Person person) {
        var own = Keyset.pages(Ids.NONE, after -> reports.page(person.scope(), after, PAGE), id -> id);
        return eraseAll(person.tenant().tenantId(), own)
                .flatMap(done -> eraseSamples(person).map(samplesDone -> done && samplesDone));
    }

    /** Erases all reports of a tenant that has ended. Returns whether nothing is left. */
    Uni<Boolean> eraseAll(OfTenant tenant) {
        return eraseAll(tenant.tenantId(), Keyset.pages(Ids.NONE, after -> reports.page(tenant, after, PAGE), id -> id));
    }

    private Uni<Boolean> eraseAll(int tenantId, Multi<List<String>> pages) {
        return allOf(pages.onItem().transformToUniAndConcatenate(page -> erasePage(tenantId, page)));
    }

    private Uni<Boolean> erasePage(int tenantId, List<String> page) {
        return reports.erase(tenantId, page).flatMap(noneLeased -> files.of(tenantId, page)
                .flatMap(kept -> deleter.delete(kept).map(deleted -> noneLeased && deleted == kept.size())));
    }

    private Uni<Boolean> eraseSamples(Person person) {
        var samples = Keyset.pages(
                Ids.NONE, after -> reports.samplesTo(person.tenant(), person.addresses(), after, PAGE), Sample::id);
        return allOf(samples.onItem()
                .transformToUniAndConcatenate(page -> reports.eraseSamples(person.tenant().tenantId(), page)));
    }

    private static Uni<Boolean> allOf(Multi<Boolean> results) {
        return results.collect().in(() -> new boolean[] {true}, (all, one) -> all[0] &= one).map(all -> all[0]);
    }
}
