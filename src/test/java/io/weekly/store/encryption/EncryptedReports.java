package io.weekly.store.encryption;

import static io.weekly.testing.World.get;

import io.weekly.store.ReportStore;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;

/** Stores files of reports, encrypted or not, with their rows. For tests in which no lane works. */
@ApplicationScoped
public class EncryptedReports {

    private final World world;
    private final FileVault vault;
    private final ReportStore store;

    EncryptedReports(World world, FileVault vault, ReportStore store) {
        this.world = world;
        this.vault = vault;
        this.store = store;
    }

    /** A generated report of a new recipient of the tenant, with an encrypted PDF. Returns its id. */
    public String withPdf(TenantRow tenant, byte[] content) {
        var report = world.reportWithoutJob(tenant);
        world.sql("UPDATE report SET status = 'generated', generated_at = NOW(6) WHERE id = UNHEX(?)", report);
        put(tenant, report, "pdf", content);
        return report;
    }

    /** Stores an encrypted file and its row. */
    public void put(TenantRow tenant, String report, String format, byte[] content) {
        row(tenant, report, format, get(vault.toWrite(tenant.id())).put(TestVault.WEEK, report, format, content));
    }

    /** Stores a file as it is. */
    public void putPlain(TenantRow tenant, String report, String format, byte[] content) {
        row(tenant, report, format, store.put(tenant.id(), TestVault.WEEK, report, format, content));
    }

    private void row(TenantRow tenant, String report, String format, ReportStore.Put put) {
        world.sql("""
            INSERT INTO file (tenant_id, report_id, format, media_type, bytes, sha256, path, created_at, expires_at)
            VALUES (?, UNHEX(?), ?, ?, ?, ?, ?, NOW(6), NOW(6) + INTERVAL 1 DAY)""",
                tenant.id(), report, format, format.equals("mail") ? "application/json" : "application/pdf", put.bytes(), put.sha256(),
                put.path());
    }

    /** Where a file of the report is on the disk. */
    public Path onDisk(String report, String format) {
        var row = world.one("SELECT path FROM file WHERE report_id = UNHEX(?) AND format = ?", report, format);
        return store.root().resolve(row.getString("path"));
    }
}
