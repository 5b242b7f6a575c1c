package io.weekly.tenant;

import io.smallrye.mutiny.Uni;
import io.weekly.database.Database;
import io.weekly.keys.KeyUser;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/** Counts the PDF passwords under each key. A tenant that has ended gets no more reports, so nothing reads its passwords. */
@ApplicationScoped
class PdfPasswordKeys implements KeyUser {

    private static final String COUNT =
            """
            SELECT SUBSTRING_INDEX(p.pdf_password, ':', 1) AS key_id, COUNT(*) AS passwords
            FROM (
              SELECT r.pdf_password
              FROM recipient r
              JOIN tenant t ON t.id = r.tenant_id
              WHERE r.pdf_password <> '' AND t.ended_at IS NULL
              UNION ALL
              SELECT pdf_password
              FROM tenant
              WHERE pdf_password <> '' AND ended_at IS NULL
            ) p
            GROUP BY key_id""";

    private final Database database;

    PdfPasswordKeys(Database database) {
        this.database = database;
    }

    @Override
    public String things() {
        return "pdfPasswords";
    }

    @Override
    public Uni<Map<String, Long>> countByKey() {
        return database.client().query(COUNT).execute().map(rows -> {
            var counts = new HashMap<String, Long>();
            rows.forEach(row -> counts.put(row.getString("key_id"), row.getLong("passwords")));
            return counts;
        });
    }
}
