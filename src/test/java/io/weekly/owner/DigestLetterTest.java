package io.weekly.owner;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.owner.DigestLetter.Section;
import io.weekly.report.ReportStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text of a digest, with ordinary and with ugly data. */
class DigestLetterTest {

    private static final Instant FROM = Instant.parse("2026-11-17T07:50:00Z");
    private static final Instant UNTIL = Instant.parse("2026-11-24T07:50:00Z");
    private static final DigestTenant ACME = new DigestTenant(1, "acme", "Acme Inc.", ZoneId.of("Europe/Vienna"), FROM);

    @Test
    void aDigestListsRunsReasonsReadersAndWhatToDo() {
        var run = run("weekly-business", Map.of(ReportStatus.DELIVERED, 112, ReportStatus.FAILED, 3, ReportStatus.BOUNCED, 6));
        var problems = new ArrayList<ReportProblem>();
        problems.add(problem(ReportStatus.FAILED, "the data source did not answer within 30 s", "u-1", "Ann Miller"));
        problems.add(problem(ReportStatus.FAILED, "the data source did not answer within 30 s", "u-2", "Bob"));
        problems.add(problem(ReportStatus.FAILED, "", "u-3", "u-3"));
        IntStream.range(0, 6).forEach(i -> problems.add(problem(
                ReportStatus.BOUNCED, "550 5.1.1 <user%d@acme.test>: no such user (id 4f2a9c81be7%d)".formatted(i, i), "u-1" + i,
                "U " + i)));

        assertThat(DigestLetter.subject(ACME, List.of(run))).isEqualTo("Reports of the week: 3 failed, 6 bounced for Acme Inc.");
        assertThat(DigestLetter.body(ACME, FROM, UNTIL, List.of(run), List.of(new Section(run, problems)))).isEqualTo(
                """
                Some reports of your schedules did not reach their readers.

                Tenant: Acme Inc. (acme)
                Runs that ended from 2026-11-17 08:50 to 2026-11-24 08:50 (Europe/Vienna),
                and earlier runs of which a mail came back in that time

                weekly-business, 2026-W47
                  Started 2026-11-23 06:30, 121 due, 112 delivered
                  3 failed
                    2: the data source did not answer within 30 s
                      Ann Miller (u-1), Bob (u-2)
                    1: no reason is known
                      u-3
                  6 bounced
                    6: 550 5.1.1 … no such user (id …
                      U 0 (u-10), U 1 (u-11), U 2 (u-12), U 3 (u-13), and 2 more
                  Schedule: 00000000000000000000000000000002
                  All readers: GET /api/v1/runs/00000000000000000000000000000001/ledger?format=csv

                What you can do. The ledger has the ids of the reports.
                - failed: when the cause is gone, make the report again
                  POST /api/v1/reports/{id}/retry
                - bounced: the mail system refused the address for good. Ask the reader for another one
                  PUT /api/v1/tenants/acme/recipients/{userId}

                You get this letter because you own these schedules. The next one comes if something goes wrong in the next week.
                """);
    }

    @Test
    void aDigestOfManyRunsListsTheWorstAndCountsTheOthers() {
        var runs = IntStream.rangeClosed(1, 32).mapToObj(i -> run("d-" + i, Map.of(ReportStatus.UNKNOWN, i))).toList();
        var worst = DigestLetter.worstFirst(runs);
        var sections = worst.subList(0, DigestLetter.MAX_RUNS).stream().map(run -> new Section(run, List.of())).toList();

        var body = DigestLetter.body(ACME, FROM, UNTIL, worst, sections);

        assertThat(body).contains("d-32,", "d-13,", "And 12 more runs with problems:", "(the reasons of 0 of these reports were looked at)")
                .doesNotContain("d-12,");
        assertThat(body.indexOf("d-32,")).isLessThan(body.indexOf("d-31,"));
        assertThat(DigestLetter.subject(ACME, runs)).contains("528 unknown");
    }

    /** A letter has to fit into its column, with the longest name, id and reason and with the most of them. */
    @Test
    void noDataMakeALetterTooLong() {
        var ugly = "\uD83D\uDE00\u202E\u0000\r\n\tx".repeat(60);
        var tenant = new DigestTenant(1, "a".repeat(63), "Ä".repeat(200), ZoneId.of("America/Argentina/ComodRivadavia"), FROM);
        var counts = Map.of(
                ReportStatus.FAILED, 99_999, ReportStatus.BOUNCED, 99_999, ReportStatus.UNKNOWN, 99_999, ReportStatus.SUPPRESSED, 99_999);
        var runs = IntStream.range(0, 50).mapToObj(_ -> run("d".repeat(100), counts)).toList();
        var problems = new ArrayList<ReportProblem>();
        for (var status : DigestRun.PROBLEMS) {
            IntStream.range(0, 50).forEach(i -> problems.add(problem(status, letters(i % 8) + ugly, ugly + i, "é".repeat(200) + i)));
        }
        var sections = runs.subList(0, 20).stream().map(run -> new Section(run, problems)).toList();

        var body = DigestLetter.body(tenant, FROM, UNTIL, runs, sections);

        assertThat(body.getBytes(StandardCharsets.UTF_8).length).isLessThan(65_535);
        assertThat(body.length()).isLessThan(21_000);
        assertThat(body).contains("and 4 other reasons", "more runs with problems").doesNotContain("\u202E", "\u0000", "\r", "\t");
        assertThat(DigestLetter.subject(tenant, runs).length()).isLessThanOrEqualTo(300);
    }

    /** So that equal reasons are one group. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        550 5.1.1 <ann@acme.test> unknown   | 550 5.1.1 … unknown
        550 mailbox full, id 4bXy7n1234abcd | 550 mailbox full, id …
        "a\tb  c"                           | a b c
        ""                                  | no reason is known""")
    void whatDiffersFromReaderToReaderIsNoPartOfTheReason(String reason, String comparable) {
        assertThat(ReasonGroups.comparable(reason)).isEqualTo(comparable);
    }

    private static String letters(int i) {
        return "reason-" + (char) ('a' + i) + " ";
    }

    private static DigestRun run(String definition, Map<ReportStatus, Integer> counts) {
        return new DigestRun(
                "00000000000000000000000000000001", "00000000000000000000000000000002", "ann@acme.test", definition, "2026-W47", 1,
                counts.values().stream().mapToInt(Integer::intValue).sum(), Instant.parse("2026-11-23T05:30:00Z"), counts);
    }

    private static ReportProblem problem(ReportStatus status, String reason, String userId, String name) {
        return new ReportProblem(status, reason, userId, name);
    }
}
