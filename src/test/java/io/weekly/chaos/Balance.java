package io.weekly.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.testing.Application;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;

/** What the application says became of every report, against what the mail server knows. */
final class Balance {

    /** Of each report its address, where one was recorded, and the flag of its delivery. */
    private static final String REPORTS =
            """
            SELECT CONCAT_WS(' ', rc.email, r.status, IF(COALESCE(d.unknown_before, FALSE) OR r.status = 'unknown', 'flagged', 'plain'))
            FROM report r
            JOIN recipient rc ON rc.tenant_id = r.tenant_id AND rc.id = r.recipient_id
            LEFT JOIN delivery d ON d.tenant_id = r.tenant_id AND d.report_id = r.id
            ORDER BY r.id""";

    /** How a report may end here. */
    private static final List<String> ENDS = List.of("delivered", "bounced", "unknown");

    private final Application application;
    private final Inbox inbox;
    private final List<Line> lines;

    /** One report; {@code flagged}: somebody who looks at the ledger sees that its mail may have gone out twice. */
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
        assertThat(application.count("SELECT COUNT(*) FROM job")).as("jobs that are left").isZero();
        assertThat(application.column("SELECT CONCAT(status, ' ', SUM(n)) FROM run_count WHERE n <> 0 GROUP BY status ORDER BY status"))
                .as("the counters of the runs")
                .isEqualTo(application.column("SELECT CONCAT(status, ' ', COUNT(*)) FROM report GROUP BY status ORDER BY status"));
    }

    /** Only the mail server's own word is a reason for not delivering. */
    void everyReportEndedAsTheMailServerSays() {
        assertThat(lines).extracting(Line::status).containsAnyOf("delivered").isSubsetOf(ENDS);
        assertThat(of("delivered")).allSatisfy(line -> assertThat(inbox.taken(line.address())).as(line.toString()).isPositive());
        assertThat(of("bounced")).allSatisfy(line -> assertThat(inbox.hasRefusedForGood(line.address())).as(line.toString()).isTrue());
    }

    /** @param underWay dialogues that were under way when something was killed, cut or left hanging */
    void nothingWentOutTwiceUnflagged(int underWay) {
        assertThat(twice()).filteredOn(line -> !line.flagged()).as("sent twice, and nobody can see it").isEmpty();
        assertThat(lines).allSatisfy(line -> assertThat(inbox.messageIds(line.address())).as(line.toString()).hasSizeLessThanOrEqualTo(1));
        assertThat(flagged()).hasSizeLessThanOrEqualTo(underWay);
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

    @Override
    public String toString() {
        return "%d due: %d delivered, %d bounced, %d unknown, %d others; %d flagged as possible duplicates; %d sent twice; %d mails taken"
                .formatted(
                        lines.size(), of("delivered").size(), of("bounced").size(), of("unknown").size(),
                        where(line -> !ENDS.contains(line.status())).size(), flagged().size(), twice().size(), inbox.mails());
    }
}
