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
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/** The table {@code audit_text}: the texts of events that can name a person. No other class writes to it. */
@ApplicationScoped
public class AuditTexts {

    /** In the place of a text that somebody has changed by hand. */
    static final String CHANGED = "(changed)";

    private final Database database;
    private final SecureRandom random = new SecureRandom();

    AuditTexts(Database database) {
        this.database = database;
    }

    private static final String INSERT =
            """
            INSERT INTO audit_text (id, tenant_id, person, salt, text)
            VALUES %s""";

    /** Collects the texts of a few events. Equal texts share a row. */
    final class Collected {
        private final Map<StoredText, String> ids = new LinkedHashMap<>();
        private final ArrayList<Tuple> rows = new ArrayList<>();

        /** The id that the event gets in the place of the text. */
        String add(StoredText text, Instant at) {
            return ids.computeIfAbsent(text, _ -> {
                var salt = SaltedHash.newSalt(random);
                var id = text.id(at, salt);
                rows.add(Tuple.of(Buffer.buffer(id), text.tenantId(), text.person(), Buffer.buffer(salt), text.text()));
                return StoredText.toText(id);
            });
        }

        /** Stores them in the transaction of their events. */
        Uni<Void> insert(SqlClient transaction) {
            return MultiRowInsert.insert(transaction, INSERT, "(?, ?, ?, ?, ?)", rows);
        }
    }

    Collected collect() {
        return new Collected();
    }

    private static final String FIND =
            """
            SELECT id, tenant_id, person, salt, text
            FROM audit_text
            WHERE id IN (%s)""";

    /** The texts with these ids, without those that are erased. */
    Uni<Map<String, String>> find(Set<String> ids) {
        return Multi.createFrom()
                .iterable(AuditPersons.chunks(ids))
                .onItem()
                .transformToUniAndConcatenate(chunk -> database.client()
                        .preparedQuery(FIND.formatted(Placeholders.of("?", chunk.size())))
                        .execute(Tuple.from(chunk.stream()
                                .<Object>map(id -> Buffer.buffer(StoredText.parse(id).orElseThrow()))
                                .toList())))
                .collect()
                .in(HashMap<String, String>::new, AuditTexts::add)
                .map(all -> all);
    }

    private static void add(Map<String, String> all, RowSet<Row> rows) {
        for (var row : rows) {
            var id = row.getBuffer("id").getBytes();
            var text = new StoredText(row.getInteger("tenant_id"), row.getString("person"), row.getString("text"));
            all.put(StoredText.toText(id), text.hasId(id, row.getBuffer("salt").getBytes()) ? text.text() : CHANGED);
        }
    }

    // Ids begin with the time, so this is the order in which the texts were stored.
    private static final String ABOUT =
            """
            SELECT text
            FROM audit_text
            WHERE tenant_id = ? AND person IN (%s)
            ORDER BY id
            LIMIT ?""";

    /**
     * The texts about a person, oldest first.
     *
     * @param names how texts name the person, as in {@link PersonalText}, with its pseudonym; not empty
     */
    public Uni<List<String>> about(int tenantId, List<String> names, int limit) {
        return database.client()
                .preparedQuery(ABOUT.formatted(Placeholders.of("?", names.size())))
                .execute(values(tenantId, names, limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(row -> row.getString("text")).toList());
    }

    private static Tuple values(int tenantId, List<String> names, int limit) {
        var values = Tuple.of(tenantId);
        names.forEach(values::addString);
        return values.addInteger(limit);
    }

    private static final String ERASE =
            """
            DELETE FROM audit_text
            WHERE tenant_id = ? AND person IN (%s)
            LIMIT ?""";
    private static final String ERASE_SOME =
            """
            DELETE FROM audit_text
            WHERE tenant_id = ?
            LIMIT ?""";

    /** Erases up to {@code limit} texts about a person, named as in {@link #about}; how many it were. */
    public Uni<Integer> erase(int tenantId, List<String> names, int limit) {
        return database.client()
                .preparedQuery(ERASE.formatted(Placeholders.of("?", names.size())))
                .execute(values(tenantId, names, limit))
                .map(RowSet::rowCount);
    }

    /** Erases up to {@code limit} texts of a tenant; how many it were. */
    public Uni<Integer> eraseSome(int tenantId, int limit) {
        return database.client().preparedQuery(ERASE_SOME).execute(Tuple.of(tenantId, limit)).map(RowSet::rowCount);
    }
}
