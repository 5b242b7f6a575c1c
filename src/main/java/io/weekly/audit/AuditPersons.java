package io.weekly.audit;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.MultiRowInsert;
import io.weekly.database.Placeholders;
import io.weekly.database.QueryConditions;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * The table {@code audit_person}: who the pseudonyms of events are. No other class writes to it. Pseudonyms are not cached: after an
 * erasure a cache would give the old one to the next person with the same user id.
 */
@ApplicationScoped
public class AuditPersons {

    private static final int CHUNK = 128;
    /** A row can be erased between the insert and the next read, but not again and again. */
    private static final int MAX_TRIES = 4;
    /** Filters by a user id that more tenants have find the events of some of them. */
    private static final int MAX_TENANTS = 200;

    private final Database database;
    private final SecureRandom random = new SecureRandom();

    AuditPersons(Database database) {
        this.database = database;
    }

    /**
     * The pseudonyms of these persons. Those who have none get one. Two transactions that meet a new person at the same time get the same
     * pseudonym: the second waits until the first has ended.
     */
    Uni<Map<KnownPerson, String>> pseudonyms(SqlClient transaction, Set<KnownPerson> persons) {
        return persons.isEmpty() ? Uni.createFrom().item(Map.of()) : pseudonyms(transaction, persons, MAX_TRIES);
    }

    private Uni<Map<KnownPerson, String>> pseudonyms(SqlClient transaction, Set<KnownPerson> persons, int tries) {
        return find(transaction, persons).flatMap(found -> {
            var missing = new HashSet<>(persons);
            missing.removeAll(found.keySet());
            if (missing.isEmpty()) {
                return Uni.createFrom().item(found);
            }
            if (tries == 0) {
                return Uni.createFrom().failure(new IllegalStateException("pseudonyms of " + missing.size() + " persons disappear"));
            }
            return insert(transaction, missing).flatMap(_ -> pseudonyms(transaction, persons, tries - 1));
        });
    }

    // Finds a few rows too many if the persons are of several tenants. Row values in IN are slow on MariaDB.
    private static final String FIND =
            """
            SELECT pseudonym, tenant_id, user_id, salt
            FROM audit_person
            WHERE tenant_id IN (%s) AND user_id IN (%s)""";

    private static Uni<Map<KnownPerson, String>> find(SqlClient client, Set<KnownPerson> persons) {
        return Multi.createFrom()
                .iterable(chunks(persons))
                .onItem()
                .transformToUniAndConcatenate(chunk -> {
                    var tenants = chunk.stream().map(KnownPerson::tenantId).distinct().toList();
                    var values = new ArrayList<Object>(tenants);
                    chunk.forEach(person -> values.add(person.userId()));
                    var sql = FIND.formatted(Placeholders.of("?", tenants.size()), Placeholders.of("?", chunk.size()));
                    return client.preparedQuery(sql).execute(Tuple.from(values));
                })
                .collect()
                .in(HashMap<KnownPerson, String>::new, (all, rows) -> rows.forEach(row -> all.put(person(row), hex(row, "pseudonym"))))
                .invoke(all -> all.keySet().retainAll(persons))
                .map(all -> all);
    }

    // IGNORE: another transaction may have inserted the person meanwhile.
    private static final String INSERT =
            """
            INSERT IGNORE INTO audit_person (pseudonym, tenant_id, user_id, salt)
            VALUES %s""";

    /** In the same order in every transaction, so that two of them wait for each other instead of deadlocking. */
    private Uni<Void> insert(SqlClient transaction, Set<KnownPerson> persons) {
        var rows = persons.stream()
                .sorted(Comparator.comparing(KnownPerson::tenantId).thenComparing(KnownPerson::userId))
                .map(person -> {
                    var salt = SaltedHash.newSalt(random);
                    return Tuple.of(person.pseudonym(salt), person.tenantId(), person.userId(), Buffer.buffer(salt));
                })
                .toList();
        return MultiRowInsert.insert(transaction, INSERT, "(UNHEX(?), ?, ?, ?)", rows);
    }

    private static final String USER_IDS =
            """
            SELECT pseudonym, tenant_id, user_id, salt
            FROM audit_person
            WHERE pseudonym IN (%s)""";

    /** The user ids of these pseudonyms, without those that are erased, and without rows that somebody has changed by hand. */
    Uni<Map<String, String>> userIds(Set<String> pseudonyms) {
        return Multi.createFrom()
                .iterable(chunks(pseudonyms))
                .onItem()
                .transformToUniAndConcatenate(chunk -> database.client()
                        .preparedQuery(USER_IDS.formatted(Placeholders.of("UNHEX(?)", chunk.size())))
                        .execute(Tuple.from(new ArrayList<Object>(chunk))))
                .collect()
                .in(HashMap<String, String>::new, AuditPersons::addUserIds)
                .map(all -> all);
    }

    private static void addUserIds(Map<String, String> all, RowSet<Row> rows) {
        for (var row : rows) {
            var person = person(row);
            var pseudonym = hex(row, "pseudonym");
            if (person.pseudonym(row.getBuffer("salt").getBytes()).equals(pseudonym)) {
                all.put(pseudonym, person.userId());
            }
        }
    }

    private static final String NAMED =
            """
            SELECT p.pseudonym
            FROM audit_person p
            %s
            LIMIT ?""";

    /**
     * The pseudonyms of everybody with this user id.
     *
     * @param tenants which tenants, on the table {@code p}
     */
    Uni<List<String>> named(String userId, QueryConditions tenants) {
        var where = tenants.and("p.user_id = ?", userId);
        return database.client()
                .preparedQuery(NAMED.formatted(where.sql()))
                .execute(where.with(MAX_TENANTS))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(row -> hex(row, "pseudonym")).toList());
    }

    /** The pseudonym of a person; empty if there is none. */
    Uni<List<String>> of(KnownPerson person) {
        return find(database.client(), Set.of(person)).map(found -> List.copyOf(found.values()));
    }

    /** The pseudonym of a user; empty if no event names it. */
    public Uni<Optional<String>> pseudonym(int tenantId, String userId) {
        return of(new KnownPerson(tenantId, userId)).map(found -> found.stream().findFirst());
    }

    private static final String LOCK =
            """
            SELECT pseudonym
            FROM audit_person
            WHERE tenant_id = ? AND user_id = ?
            FOR UPDATE""";
    private static final String ERASE =
            """
            DELETE FROM audit_person
            WHERE tenant_id = ? AND user_id = ?""";
    private static final String ERASE_SOME =
            """
            DELETE FROM audit_person
            WHERE tenant_id = ?
            LIMIT ?""";

    /**
     * Erases whose pseudonym it is, in the caller's transaction. The events keep the pseudonym. What a user with this id does from now on,
     * has another.
     *
     * @return the pseudonym; empty if there was none
     */
    public Uni<Optional<String>> erase(SqlClient transaction, int tenantId, String userId) {
        return transaction
                .preparedQuery(LOCK)
                .execute(Tuple.of(tenantId, userId))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(row -> hex(row, "pseudonym")).findFirst())
                .call(found -> found.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : transaction.preparedQuery(ERASE).execute(Tuple.of(tenantId, userId)).replaceWithVoid());
    }

    /** Erases up to {@code limit} persons of a tenant; how many it were. */
    public Uni<Integer> eraseSome(int tenantId, int limit) {
        return database.client().preparedQuery(ERASE_SOME).execute(Tuple.of(tenantId, limit)).map(RowSet::rowCount);
    }

    private static KnownPerson person(Row row) {
        return new KnownPerson(row.getInteger("tenant_id"), row.getString("user_id"));
    }

    private static String hex(Row row, String column) {
        return HexFormat.of().formatHex(row.getBuffer(column).getBytes());
    }

    static <T> List<List<T>> chunks(Collection<T> all) {
        var list = List.copyOf(all);
        var chunks = new ArrayList<List<T>>();
        for (var from = 0; from < list.size(); from += CHUNK) {
            chunks.add(list.subList(from, Math.min(from + CHUNK, list.size())));
        }
        return chunks;
    }
}
