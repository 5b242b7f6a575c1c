package io.weekly.worker;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.database.Database;
import io.weekly.queue.JobQueue;
import io.weekly.queue.Lane;
import io.weekly.queue.Lease;
import io.weekly.queue.Leases;
import io.weekly.queue.Priority;
import io.weekly.report.ReportStatus;
import io.weekly.store.encryption.EncryptedReports;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both stages of a report whose files are encrypted. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class MailComposerTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Inject World world;

    @Inject Database database;

    @Inject JobQueue queue;

    @Inject Leases leases;

    @Inject GenerateReport generate;

    @Inject DeliverReport deliver;

    @Inject BatchCompleter completer;

    @Inject EncryptedReports reports;

    private String report;

    @BeforeEach
    void aGeneratedReport() {
        world.sql("DELETE FROM job");
        TenantRow tenant = world.tenant();
        world.figures(tenant);
        report = world.reportWithoutJob(tenant);
        world.sql("UPDATE report SET delivery = 'attachment' WHERE id = UNHEX(?)", report);
        get(database.transaction(transaction -> queue.enqueue(
                transaction, Lane.GENERATE, Priority.ON_DEMAND, tenant.id(), List.of(report))));
        get(generate.run(claimed(Lane.GENERATE)).flatMap(completer::complete));
        assertThat(world.report(report).status()).isEqualTo(ReportStatus.GENERATED);
    }

    private Lease claimed(Lane lane) {
        world.sql("UPDATE job SET state = 'ready', due_at = NOW(6)");
        return get(leases.claim(lane, 1, MINUTE)).getFirst();
    }

    private void deliver() {
        get(deliver.run(claimed(Lane.DELIVER)).flatMap(completer::complete));
    }

    @Test
    void reportAndMailAreEncryptedAndTheMailIsSent() throws IOException {
        for (var format : new String[] {"pdf", "mail"}) {
            var stored = Files.readString(reports.onDisk(report, format), StandardCharsets.ISO_8859_1);
            assertThat(stored).doesNotContain("%PDF").doesNotContain("subject");
            assertThat(reports.onDisk(report, format).toString()).endsWith("." + format + ".enc");
        }

        deliver();

        assertThat(world.report(report).status()).isEqualTo(ReportStatus.DELIVERED);
    }

    @Test
    void aMailWithACorruptFileIsNotSentAndNotTriedAgain() throws IOException {
        var encrypted = Files.readAllBytes(reports.onDisk(report, "pdf"));
        encrypted[encrypted.length / 2] ^= 1;
        Files.write(reports.onDisk(report, "pdf"), encrypted);

        deliver();

        assertThat(world.report(report).status()).isEqualTo(ReportStatus.FAILED);
        assertThat(world.report(report).error()).contains("the stored pdf is not the file that was recorded");
        assertThat(world.count("SELECT COUNT(*) FROM delivery WHERE report_id = UNHEX(?)", report)).isZero();
        assertThat(world.events(report)).containsOnlyOnce("file.corrupt");
    }

    @Test
    void aCorruptMailTextIsNotSent() throws IOException {
        Files.write(reports.onDisk(report, "mail"), Files.readAllBytes(reports.onDisk(report, "pdf")));

        deliver();

        assertThat(world.report(report).status()).isEqualTo(ReportStatus.FAILED);
        assertThat(world.events(report)).containsOnlyOnce("file.corrupt");
    }
}
