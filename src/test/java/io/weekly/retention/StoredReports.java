package io.weekly.retention;

import io.weekly.store.ReportStore;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** Reports with files in the store, written directly into the tables. For tests in which no lane works. */
@ApplicationScoped
class StoredReports {

    private final World world;
    private final ReportStore store;

    StoredReports(World world, ReportStore store) {
        this.world = world;
        this.store = store;
    }

    /** A delivered report of the recipient with a PDF and a mail, which expire in {@code days} (negative: they have expired). */
    String delivered(TenantRow tenant, String userId, int days) {
        var id = id();
        world.sql("""
            INSERT INTO report (tenant_id, id, recipient_id, definition, period, revision, request, priority, formats, delivery, status,
                                attempt, created_at)
            SELECT tenant_id, UNHEX(?), id, 'weekly-business', '2026-W40', 1, UNHEX(?), 'bulk', 'pdf', 'attachment', 'delivered', 1, NOW(6)
            FROM recipient WHERE tenant_id = ? AND user_id = ?""", id, id, tenant.id(), userId);
        mailed(tenant, id, world.one("SELECT email FROM recipient WHERE tenant_id = ? AND user_id = ?", tenant.id(), userId)
                .getString("email"));
        file(tenant, id, "pdf", days);
        file(tenant, id, "mail", days);
        return id;
    }

    void mailed(TenantRow tenant, String report, String address) {
        world.sql("""
            INSERT INTO delivery (tenant_id, report_id, number, mode, address, message_id, attempts, outcome, unknown_before, reply,
                                  began_at)
            VALUES (?, UNHEX(?), 1, 'attachment', ?, '<1@acme.test>', 2, 'accepted', FALSE, ?, NOW(6))""",
                tenant.id(), report, address, "250 OK <" + address + ">");
    }

    /** Stores a file and its row, and returns its path. */
    String file(TenantRow tenant, String report, String format, int days) {
        var put = store.put(tenant.id(), "2026-W40", report, format, "content".getBytes(StandardCharsets.UTF_8));
        world.sql("""
            INSERT INTO file (tenant_id, report_id, format, media_type, bytes, sha256, path, created_at, expires_at)
            VALUES (?, UNHEX(?), ?, 'application/pdf', ?, ?, ?, NOW(6), NOW(6) + INTERVAL ? DAY)""",
                tenant.id(), report, format, put.bytes(), put.sha256(), put.path(), days);
        return put.path();
    }

    /** Gives the report a job that waits, or that a worker has. */
    void job(TenantRow tenant, String report, String state) {
        world.sql("""
            INSERT INTO job (lane, state, priority, turn, tenant_id, report_id, attempt, due_at, lease_token, handing_over, created_at)
            VALUES ('deliver', ?, 1, 0, ?, UNHEX(?), 1, NOW(6) + INTERVAL 1 DAY, 1, FALSE, NOW(6))""", state, tenant.id(), report);
    }

    void jobEnds(String report) {
        world.sql("DELETE FROM job WHERE report_id = UNHEX(?)", report);
    }

    static String id() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** The paths of the report's files that are in the store. */
    List<Path> inStore(String report) {
        return world.rows("SELECT path FROM file WHERE report_id = UNHEX(?)", report).stream()
                .flatMap(row -> store.find(row.getString("path")).stream())
                .toList();
    }

    /** How many files of the report the database believes to be in the store. */
    int kept(String report) {
        return world.count("SELECT COUNT(*) FROM file WHERE report_id = UNHEX(?) AND deleted_at IS NULL", report);
    }
}
