package io.weekly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Which classes write to each table. One class does, so that all changes of a row can be read in one place. Some tables are exceptions:
 * the queue's four classes each change one state of a job, a report is inserted in two ways, recipients, links, suppressions and messages
 * to webhooks are erased in classes of their own, other classes encrypt passwords and secrets anew, one class writes new messages and
 * another works on them, a command removes old audit events with another database user, and a check writes no row of a table.
 */
class TableWritersTest {

    private static final Path SOURCES = Path.of("src/main/java");
    // Not "FOR UPDATE SKIP LOCKED" and not "ON DUPLICATE KEY UPDATE column".
    private static final Pattern WRITE = Pattern.compile("(?<!FOR |KEY )(?:UPDATE|INSERT (?:IGNORE )?INTO|DELETE FROM)\\s+(\\w+)");
    private static final String WRITERS = """
        audit_event AuditLog AuditPruner
        audit_mark SealTurns
        audit_person AuditPersons
        audit_seal Seals
        audit_sealing SealTurns
        audit_text AuditTexts
        delivery Deliveries DeliveryErasure LateReplies
        erasure Erasures
        file ReportStages
        file_keys FileKeyRows
        idempotency_key IdempotencyKeys
        inbound_event InboundMemory
        job JobQueue JobRescuer JobStager Leases
        lane Lanes
        lane_turn FairOrder
        link LinkErasure Links
        logo Logos
        mail_domain DomainReplies LateDomainReplies MailDomains
        metric Metrics
        order_count OrderCounts
        owner_digest DigestTurns
        owner_letter SentLetters
        owner_mail OwnerMails
        owner_problem AddressProblems
        preference Preferences
        recipient PdfPasswordRotation RecipientChanges RecipientErasure
        report ReportRequests ReportTransitions RunReports
        report_warning ReportWarnings
        retention_change RetentionChanges
        run RunLateEnds RunTransitions
        run_count RunCounters
        run_cursor RunCursors
        run_delta RunCounters
        run_wait RunWaits
        schedule ScheduleChanges
        send_rate SendRate
        soft_bounce SoftBounces SuppressionErasure
        store_sweep StoreSweeps
        suppression SuppressionErasure Suppressions
        tenant PdfPasswordRotation Tenants
        tenant_turn FairOrder
        webhook WebhookRows WebhookSecretRotation
        webhook_message MessageClaims OldMessages WebhookErasure WebhookMessages
        worker DatabaseCheck WorkerRegistry
        """;

    @Test
    void eachTableHasItsWritersAndNoOthers() throws IOException {
        var found = new ArrayList<String>();
        writers().forEach((table, names) -> found.add(table + " " + String.join(" ", names)));

        assertThat(found).containsExactlyElementsOf(WRITERS.lines().toList());
    }

    /** {@code UPDATE} of a report would be a second place for its status. */
    @Test
    void onlyReportTransitionsChangesTheStatusOfAReport() throws IOException {
        for (var name : List.of("ReportRequests", "RunReports")) {
            try (var files = Files.walk(SOURCES)) {
                var source = files.filter(path -> path.endsWith(name + ".java")).findFirst().orElseThrow();
                assertThat(Files.readString(source)).as(name).doesNotContain("UPDATE report");
            }
        }
    }

    static Map<String, Set<String>> writers() throws IOException {
        var writers = new TreeMap<String, Set<String>>();
        try (var files = Files.walk(SOURCES)) {
            for (var file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                var name = file.getFileName().toString().replace(".java", "");
                WRITE.matcher(Files.readString(file)).results()
                        .forEach(write -> writers.computeIfAbsent(write.group(1), _ -> new TreeSet<>()).add(name));
            }
        }
        return writers;
    }
}
