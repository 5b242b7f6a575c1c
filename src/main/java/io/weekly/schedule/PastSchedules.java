package io.weekly.schedule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** Reads the past versions of a schedule from the audit trail, because somebody may have changed or paused it since. */
@ApplicationScoped
class PastSchedules {

    private final Database database;
    private final ObjectMapper json;

    PastSchedules(Database database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    /**
     * What a schedule was from one change to the next.
     *
     * @param from inclusive
     * @param until exclusive
     */
    record Version(SendTime sendTime, boolean paused, Instant from, Instant until) {
        boolean wasInForce(Instant at) {
            return !at.isBefore(from) && at.isBefore(until);
        }
    }

    private static final String CHANGES =
            """
            SELECT at, detail
            FROM audit_event
            WHERE tenant_id = ? AND subject = ?
              AND action IN ('schedule.created', 'schedule.updated', 'schedule.paused', 'schedule.resumed')
            ORDER BY id""";

    /** The versions of a schedule, the oldest first. If nobody has changed it since {@code since}, the current one only. */
    Uni<List<Version>> of(Row schedule, Instant since) {
        if (Utc.instant(schedule.getLocalDateTime("updated_at")).isBefore(since)) {
            return Uni.createFrom().item(List.of(current(schedule)));
        }
        return database.client()
                .preparedQuery(CHANGES)
                .execute(Tuple.of(schedule.getInteger("tenant_id"), schedule.getString("id")))
                .map(rows -> rows.size() == 0
                        ? List.of(current(schedule))
                        : versions(StreamSupport.stream(rows.spliterator(), false).toList()));
    }

    private static Version current(Row schedule) {
        var sendTime = new SendTime(
                DayOfWeek.of(schedule.getInteger("weekday")), LocalTime.parse(schedule.getString("send_time")));
        return new Version(
                sendTime, schedule.getBoolean("paused"), Utc.instant(schedule.getLocalDateTime("created_at")), Instant.MAX);
    }

    private List<Version> versions(List<Row> changes) {
        var versions = new ArrayList<Version>();
        for (var i = 0; i < changes.size(); i++) {
            var until = i + 1 < changes.size() ? Utc.instant(changes.get(i + 1).getLocalDateTime("at")) : Instant.MAX;
            versions.add(version(changes.get(i), until));
        }
        return versions;
    }

    private Version version(Row change, Instant until) {
        try {
            var detail = json.readTree(change.getString("detail"));
            var weekday = DayOfWeek.valueOf(detail.path("weekday").asText().toUpperCase(Locale.ROOT));
            return new Version(
                    new SendTime(weekday, LocalTime.parse(detail.path("time").asText())),
                    detail.path("paused").asBoolean(),
                    Utc.instant(change.getLocalDateTime("at")),
                    until);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the detail of an audit event of a schedule is not JSON", e);
        }
    }
}
