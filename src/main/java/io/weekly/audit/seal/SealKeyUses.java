package io.weekly.audit.seal;

import io.smallrye.mutiny.Uni;
import io.weekly.database.Database;
import io.weekly.keys.KeyUser;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the seals of each key. A seal needs its key until its public key stands in {@code weekly.audit.public-keys}. The count reads one
 * index; there is about one seal a minute, so it has half a million entries a year.
 */
@ApplicationScoped
class SealKeyUses implements KeyUser {

    private static final String COUNT =
            """
            SELECT key_id, COUNT(*) AS seals
            FROM audit_seal
            GROUP BY key_id""";

    private final Database database;
    private final SealConfig config;

    SealKeyUses(Database database, SealConfig config) {
        this.database = database;
        this.config = config;
    }

    @Override
    public String things() {
        return "seals";
    }

    @Override
    public Uni<Map<String, Long>> countByKey() {
        return database.client().query(COUNT).execute().map(rows -> {
            var counts = new HashMap<String, Long>();
            rows.forEach(row -> counts.put(row.getString("key_id"), row.getLong("seals")));
            counts.keySet().removeAll(config.publicKeys().keySet());
            return counts;
        });
    }
}
