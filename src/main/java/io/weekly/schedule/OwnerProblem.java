package io.weekly.schedule;

import io.vertx.mutiny.sqlclient.Row;
import io.weekly.database.Utc;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why letters do not reach the owner of a schedule. Package {@code owner} writes it when the address bounces, and ends it when a later
 * letter arrives.
 *
 * @param address the address that bounced, in lower case
 * @param reason what the mail system said
 * @param since when the first of the letters bounced
 */
public record OwnerProblem(String address, String reason, Instant since) {

    /** From the columns {@code problem_address}, {@code problem_reason} and {@code problem_since}; null if they are. */
    static @Nullable OwnerProblem of(Row row) {
        var address = row.getString("problem_address");
        return address == null
                ? null
                : new OwnerProblem(address, row.getString("problem_reason"), Utc.instant(row.getLocalDateTime("problem_since")));
    }
}
