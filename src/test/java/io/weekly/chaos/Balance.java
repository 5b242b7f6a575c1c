package io.weekly.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.testing.Application;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.function.Predicate;

/** Compares the outcome of every report with what the mail server has seen. */
final class Balance {

    /** The address, status and flag of each report. */
    private static final String REPORTS =
            """
            SELECT CONCAT_WS(' ', rc.email, r.status, IF(COALESCE(d.unknown_before, FALSE) OR r.status = 'unknown', 'flagged', 'plain'))
            FROM report r
            JOIN recipient rc ON rc.tenant_id = r.tenant_id AND rc.id = r.recipient_id
            LEFT JOIN delivery d ON d.tenant_id = r.tenant_id AND d.report_id = r.id
            ORDER BY r.id""";

    private static final String FILES =
            """
            SELECT CONCAT_WS(' ', rc.email, f.sha256)
            FROM report r
            JOIN recipient rc ON rc.tenant_id = r.tenant_id AND rc.id = r.recipient_id
            JOIN file f ON f.tenant_id = r.tenant_id AND f.report_id = r.id AND f.format = 'pdf'""";

    /** The final states that are allowed here. */
    private static final List<String> ENDS = List.of("delivered", "bounced", "unknown");

    private final Application application;
    private final Inbox inbox;
    private final List<Line> lines;

    /** One report. {@code flagged}: the ledger shows that its mail may have gone out twice. */
    record Line(String address, String status, boolean flagged) {
        static Line of(String row) {
            var parts = row.split(" ");
            return new Line(parts[0], parts[1], parts[2].equals("flagged"));
        }
    }

    Balance(Application application, Inbox inbox) throws SQLException {
        this.application = application;
        this.inbox = inbox;
        this.lines = application.column(REPORTS).stream().map(Line::of).toList();
    }

    void nothingIsLostOrStuck(int due) throws SQLException {
        assertThat(lines).hasSize(due);
        assertThat(lines).extracting(Line::address).doesNotHaveDuplicates();
        assertThat(application.count("SELECT SUM(due) FROM run")).isEqualTo(due);
        assertThat(application.count("SELECT COUNT(*) FROM run WHERE state <> 'finished'")).isZero();
        assertThat(application.count("SELECT COUNT(*) FROM job")).as("remaining jobs").isZero();
        assertThat(application.column("SELECT CONCAT(status, ' ', SUM(n)) FROM run_count WHERE n <> 0 GROUP BY status ORDER BY status"))
                .as("the counters of the runs")
                .isEqualTo(application.column("SELECT CONCAT(status, ' ', COUNT(*)) FROM report GROUP BY status ORDER BY status"));
    }

    /** A report is not delivered only if the mail server refused it. */
    void everyReportEndedAsTheMailServerSays() {
        assertThat(lines).extracting(Line::status).containsAnyOf("delivered").isSubsetOf(ENDS);
        assertThat(of("delivered")).allSatisfy(line -> assertThat(inbox.taken(line.address())).as(line.toString()).isPositive());
        assertThat(of("bounced")).allSatisfy(line -> assertThat(inbox.hasRefusedForGood(line.address())).as(line.toString()).isTrue());
    }

    void nothingWentOutTwiceUnflagged() {
        assertThat(twice()).filteredOn(line -> !line.flagged()).as("sent twice without a flag").isEmpty();
        assertThat(lines).allSatisfy(line -> assertThat(inbox.messageIds(line.address())).as(line.toString()).hasSizeLessThanOrEqualTo(1));
    }

    /** Other reports may be flagged, but not more than there are dialogues without a known recipient. */
    void onlyPossibleDuplicatesAreFlagged(PossibleDuplicates possibleDuplicates) {
        assertThat(flaggedWithout(possibleDuplicates))
                .as("flagged without a failure")
                .hasSizeLessThanOrEqualTo(possibleDuplicates.nameless());
    }

    /** Each mail has the stored file, complete. */
    void everyMailCarriesTheStoredFile() throws SQLException {
        var stored = new HashMap<String, String>();
        application.column(FILES).forEach(row -> stored.put(row.split(" ")[0], row.split(" ")[1]));
        assertThat(where(line -> inbox.taken(line.address()) > 0)).allSatisfy(line ->
                assertThat(inbox.attachments(line.address())).as(line.toString()).containsExactly(stored.get(line.address())));
    }

    private List<Line> flaggedWithout(PossibleDuplicates possibleDuplicates) {
        var named = possibleDuplicates.addresses();
        return where(line -> line.flagged() && !named.contains(line.address()));
    }

    private List<Line> of(String status) {
        return where(line -> line.status().equals(status));
    }

    private List<Line> twice() {
        return where(line -> inbox.taken(line.address()) > 1);
    }

    private List<Line> flagged() {
        return where(Line::flagged);
    }

    private List<Line> where(Predicate<Line> holds) {
        return lines.stream().filter(holds).toList();
    }

    /** How many are flagged, how many dialogues were at stake, and what became of it. */
    String flags(PossibleDuplicates possibleDuplicates) {
        return "%d flagged as possible duplicates, %d of them real duplicates; %s, and %d of those are flagged"
                .formatted(flagged().size(), twice().size(), possibleDuplicates, flaggedWithout(possibleDuplicates).size());
    }

    @Override
    public String toString() {
        return "%d due: %d delivered, %d bounced, %d unknown, %d others; %d mails taken"
                .formatted(
                        lines.size(), of("delivered").size(), of("bounced").size(), of("unknown").size(),
                        where(line -> !ENDS.contains(line.status())).size(), inbox.mails());
    }
}
