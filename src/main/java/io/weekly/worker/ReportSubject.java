package io.weekly.worker;

import io.weekly.report.Assignment;
import io.weekly.report.DatasetParameters;
import io.weekly.report.ReportFacts;
import io.weekly.schedule.Period;
import java.time.Clock;
import java.time.ZoneId;

/** Whose report it is and of which week: as the datasets' parameters, and as the page's facts. Public for dev mode's workbench. */
public record ReportSubject(DatasetParameters parameters, ReportFacts facts) {

    public static ReportSubject of(Assignment report, Clock clock) {
        var tenant = report.tenant();
        var recipient = report.recipient();
        var monday = Period.parse(report.period()).monday();
        return new ReportSubject(
                new DatasetParameters(tenant.slug(), recipient.userId(), monday, ZoneId.of(tenant.zone())),
                new ReportFacts(
                        new ReportFacts.Tenant(tenant.slug(), tenant.name(), tenant.color(), tenant.zone()),
                        new ReportFacts.Recipient(recipient.userId(), recipient.name(), recipient.email(), recipient.locale()),
                        ReportFacts.Period.of(monday),
                        clock.instant(),
                        report.isProtected()));
    }
}
