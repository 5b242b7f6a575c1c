package io.weekly.worker;

import io.weekly.definition.ReportFacts;
import io.weekly.render.brand.LogoImage;
import io.weekly.report.Period;
import io.weekly.report.ReportTask;
import io.weekly.source.DatasetParameters;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Who a report is for and which week it is about: as parameters of the datasets, and as facts for the page. Public for dev mode's
 * workbench.
 */
public record ReportSubject(ReportTask report, LocalDate monday, Optional<LogoImage> logo) {

    /** The subject of a report, without the logo of its tenant. */
    public static ReportSubject of(ReportTask report) {
        return new ReportSubject(report, Period.parse(report.period()).monday(), Optional.empty());
    }

    /** The same, with the tenant's logo. */
    public ReportSubject withLogo(Optional<LogoImage> logo) {
        return new ReportSubject(report, monday, logo);
    }

    /** The parameters for the SQL of the datasets. */
    public DatasetParameters parameters() {
        var tenant = report.tenant();
        var recipient = report.recipient();
        return new DatasetParameters(tenant.slug(), recipient.userId(), recipient.tags(), monday, ZoneId.of(tenant.zone()));
    }

    /** @param asOf the time of the oldest figures that the report shows */
    public ReportFacts facts(Instant asOf) {
        var tenant = report.tenant();
        var recipient = report.recipient();
        return new ReportFacts(
                new ReportFacts.Tenant(tenant.slug(), tenant.name(), tenant.color(), tenant.zone(), logo),
                new ReportFacts.Recipient(recipient.userId(), recipient.name(), recipient.email(), recipient.locale()),
                Period.of(monday),
                asOf,
                report.isProtected());
    }
}
