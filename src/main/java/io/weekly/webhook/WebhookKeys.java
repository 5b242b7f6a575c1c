package io.weekly.webhook;

import io.smallrye.mutiny.Uni;
import io.weekly.database.Database;
import io.weekly.keys.KeyUser;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/** Counts the secrets of endpoints under each key. The secret before the last rotation counts while it is valid. */
@ApplicationScoped
class WebhookKeys implements KeyUser {

    private static final String COUNT =
            """
            SELECT SUBSTRING_INDEX(s.secret, ':', 1) AS key_id, COUNT(*) AS secrets
            FROM (
              SELECT secret FROM webhook
              UNION ALL
              SELECT previous_secret FROM webhook WHERE previous_until > NOW(6)
            ) s
            GROUP BY key_id""";

    private final Database database;

    WebhookKeys(Database database) {
        this.database = database;
    }

    @Override
    public String things() {
        return "webhookSecrets";
    }

    @Override
    public Uni<Map<String, Long>> countByKey() {
        return database.client().query(COUNT).execute().map(rows -> {
            var counts = new HashMap<String, Long>();
            rows.forEach(row -> counts.put(row.getString("key_id"), row.getLong("secrets")));
            return counts;
        });
    }
}
