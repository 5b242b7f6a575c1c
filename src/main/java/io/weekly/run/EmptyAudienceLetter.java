package io.weekly.run;

import io.vertx.mutiny.sqlclient.Row;
import java.util.List;

/** The text of the mail to the owner of a schedule when a run of it finds no recipient. */
final class EmptyAudienceLetter {

    private EmptyAudienceLetter() {}

    /** @param run with its schedule and its tenant */
    static OwnerLetter of(Row run, List<String> tags) {
        var subject = "Nobody to send to: %s %s for %s"
                .formatted(run.getString("definition"), run.getString("period"), run.getString("name"));
        var body =
                """
                This run found no recipient. No report was sent.

                %s

                Tenant: %s (%s)
                Definition: %s
                Period: %s
                Run: %s
                Schedule: %s

                Check the recipients and the audience of the schedule with the API:
                - the recipients and their tags
                  GET /api/v1/tenants/%3$s/recipients
                - the schedule and its audience
                  GET /api/v1/tenants/%3$s/schedules/%7$s

                You get this mail because you own the schedule. You get it again each time the schedule finds nobody.
                """
                        .formatted(
                                NothingDue.nobody(tags), run.getString("name"), run.getString("slug"), run.getString("definition"),
                                run.getString("period"), run.getString("id"), run.getString("schedule"));
        return new OwnerLetter(OwnerLetter.About.AUDIENCE, subject, body);
    }
}
