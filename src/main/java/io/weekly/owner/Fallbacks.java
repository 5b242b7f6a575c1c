package io.weekly.owner;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.text.ControlCharacters;
import io.weekly.text.Ellipsis;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The fallback address of a tenant, and what a letter says there. */
@ApplicationScoped
class Fallbacks {

    private static final int MAX_REASON = 300;
    /** In UTF-16 units. The column has 65,535 bytes, and a unit has at most three. */
    private static final int MAX_BODY = 21_000;

    private static final String FIND =
            """
            SELECT fallback_address
            FROM tenant
            WHERE id = ? AND ended_at IS NULL AND fallback_address IS NOT NULL""";

    /** The address to which a letter goes if the address of its owner bounced; empty if there is none, or if it is the same one. */
    Uni<Optional<String>> of(SqlClient client, Letter letter) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(letter.tenantId()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString("fallback_address"))
                        .filter(address -> !address.equalsIgnoreCase(letter.address()))
                        .findFirst());
    }

    /** The text of a letter to the fallback address: why it comes there, and the letter itself if its text is known. */
    static String body(Letter letter, String reason) {
        var text = """
                This letter could not be delivered to %s, the owner of the schedule: %s

                You get it because this is the fallback address of the tenant %s. Please correct the owner of the schedules, or give them to
                another person with the API:
                  POST /api/v1/tenants/%3$s/schedule-transfers

                %s
                """
                .formatted(
                        letter.address(), Ellipsis.shorten(ControlCharacters.oneLine(reason), MAX_REASON), letter.slug(),
                        letter.body().isEmpty() ? withoutText(letter) : letter.body());
        return Ellipsis.shortenUnits(text, MAX_BODY);
    }

    private static String withoutText(Letter letter) {
        var subject = "The subject of the letter: " + letter.subject() + "\nIts text is not stored any more.";
        return letter.kind().isAboutRun()
                ? subject + " See the run with the API:\n  GET /api/v1/runs/%s/ledger".formatted(letter.id())
                : subject + " See the runs with the API:\n  GET /api/v1/runs?tenant=%s".formatted(letter.slug());
    }
}
