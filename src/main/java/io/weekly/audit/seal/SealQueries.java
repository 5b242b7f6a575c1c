package io.weekly.audit.seal;

/**
 * The statements that read seals and their events. The service runs them with its reactive client, and the commands with JDBC. Each reads a
 * part of an index, in its order, so its cost does not depend on the number of all events.
 *
 * <p>Times come as microseconds that the server computes. So no time zone of a driver has a part in it, and a time that Java cannot express
 * is null instead of a failure.
 */
final class SealQueries {

    /** The most unsealed events that are counted. */
    static final int MAX_UNSEALED = 1_000_000;

    private static final String SEAL =
            """
            SELECT number, first_id, last_id, gaps, late_ids, events,
                   TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', oldest_at) AS oldest,
                   TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', newest_at) AS newest,
                   hash, previous, TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', sealed_at) AS sealed,
                   pruned_to, key_id, signature
            FROM audit_seal
            """;

    /** The newest seal. */
    static final String HEAD = SEAL + "ORDER BY number DESC\nLIMIT 1";

    /** The seal with a number. */
    static final String BY_NUMBER = SEAL + "WHERE number = ?";

    /** The next seals after a number, up to a number: after, last, limit. */
    static final String PAGE = SEAL + "WHERE number > ? AND number <= ?\nORDER BY number\nLIMIT ?";

    /** The number of the first seal since a time: time. */
    static final String FIRST_SINCE =
            """
            SELECT number
            FROM audit_seal
            WHERE sealed_at >= ?
            ORDER BY sealed_at, number
            LIMIT 1""";

    /** The newest numbers and how many events they seal: limit. */
    static final String NEWEST_SIZES =
            """
            SELECT number, events
            FROM audit_seal
            ORDER BY number DESC
            LIMIT ?""";

    /** The newest seal that says that events were removed. */
    static final String NEWEST_PRUNING = SEAL + "WHERE pruned_to IS NOT NULL\nORDER BY pruned_to DESC, number DESC\nLIMIT 1";

    /** The seals since a time, newest first, that have gaps or late events: time. */
    static final String WITH_GAPS_SINCE =
            SEAL + "WHERE sealed_at > ? AND (gaps IS NOT NULL OR late_ids IS NOT NULL)\n"
                    + "ORDER BY sealed_at DESC, number DESC\nLIMIT ?";

    private static final String EVENT =
            """
            SELECT id, tenant_id, TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', at) AS at_micros, actor, action, subject, detail,
                   client, request_id
            FROM audit_event
            """;

    /** The next events from an id on, up to an id: first, last, limit. */
    static final String EVENTS = EVENT + "WHERE id >= ? AND id <= ?\nORDER BY id\nLIMIT ?";

    /** Some events by id: {@code %s} for the placeholders. */
    static final String EVENTS_BY_ID = EVENT + "WHERE id IN (%s)\nORDER BY id";

    /** The first event with an id that the database gives to none: below 1. */
    static final String BELOW_FIRST = "SELECT id\nFROM audit_event\nWHERE id < 1\nORDER BY id\nLIMIT 1";

    /** The first seal with a number that the service gives to none: below 1. */
    static final String SEAL_BELOW_FIRST = "SELECT number\nFROM audit_seal\nWHERE number < 1\nORDER BY number\nLIMIT 1";

    /** How many events there are after an id, and the time of the first: after, after. */
    static final String UNSEALED = unsealed("");

    /** The same for one tenant: tenant, after, tenant, after. */
    static final String UNSEALED_OF_TENANT = unsealed("tenant_id = ? AND ");

    private static String unsealed(String condition) {
        return """
            SELECT COUNT(*) AS events,
                   (SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01 00:00:00', at)
                    FROM audit_event
                    WHERE %1$sid > ?
                    ORDER BY id
                    LIMIT 1) AS oldest
            FROM (SELECT 1 FROM audit_event WHERE %1$sid > ? LIMIT %2$d) unsealed""".formatted(condition, MAX_UNSEALED);
    }

    private SealQueries() {}
}
