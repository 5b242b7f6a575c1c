package io.weekly.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.delivery.DeliveryConfig;
import io.weekly.delivery.DeliveryConfig.OnUnknown;
import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportFormat;
import io.weekly.run.WeekHistory.Earlier;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule by which the run of a schedule leaves recipients out, and its model. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class AlreadySentTest {

    private static final List<String> STATUSES = List.of(
            "queued", "generated", "delivered", "bounced", "failed", "suppressed", "skipped", "cancelled", "unknown");
    private static final List<String> STATES = List.of("enqueuing", "waiting", "held", "running", "finished", "cancelled");

    @Inject
    World world;

    private WeekHistory history;

    @BeforeEach
    void aTenant() {
        history = new WeekHistory(world, world.tenant());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "delivered, false, false", "bounced, false, false", "suppressed, false, false",
        "failed, true, true", "cancelled, true, true", "skipped, true, true",
        "unknown, true, false"
    })
    void theStatusOfTheEarlierReportDecides(String status, boolean sentWithResend, boolean sentWithHold) {
        world.recipients(history.tenant(), 1, "ann");
        var run = history.run(Earlier.of("finished", "attachment"), 1);
        history.report(run, "u-ann-0", status, "attachment");

        assertThat(getsAnother(DeliveryMode.ATTACHMENT, OnUnknown.RESEND).contains("u-ann-0")).isEqualTo(sentWithResend);
        assertThat(getsAnother(DeliveryMode.ATTACHMENT, OnUnknown.HOLD).contains("u-ann-0")).isEqualTo(sentWithHold);
    }

    @ParameterizedTest(name = "{0}, jobs held {1}, ended {2}")
    @CsvSource({
        "enqueuing, false, false, false", "enqueuing, true, false, true", "waiting, true, false, true", "held, true, false, true",
        "running, false, false, false", "running, true, false, false", "cancelled, false, false, true",
        // A report of a cancelled run that somebody has retried.
        "cancelled, false, true, false"
    })
    void anOpenReportIsGeneratedByItsRunUnlessThatIsStopped(String state, boolean held, boolean ended, boolean generated) {
        world.recipients(history.tenant(), 2, "ann");
        var run = history.run(new Earlier(state, "attachment", "manual", held, ended, false), 1);
        history.report(run, "u-ann-0", "queued", "attachment");
        history.report(run, "u-ann-1", "generated", "attachment");

        assertThat(getsAnother(DeliveryMode.NONE, OnUnknown.RESEND)).hasSize(generated ? 2 : 0);
        // It may still fail, so it does not replace the mail.
        assertThat(getsAnother(DeliveryMode.ATTACHMENT, OnUnknown.RESEND)).hasSize(2);
    }

    @Test
    void aReportThatWasOnlyGeneratedDoesNotReplaceTheMailButAnotherGeneration() {
        world.recipients(history.tenant(), 1, "ann");
        history.report(history.run(Earlier.of("finished", "none"), 1), "u-ann-0", "generated", "none");

        assertThat(getsAnother(DeliveryMode.ATTACHMENT, OnUnknown.RESEND)).containsExactly("u-ann-0");
        assertThat(getsAnother(DeliveryMode.NONE, OnUnknown.RESEND)).isEmpty();
    }

    @Test
    void aReportThatWasGeneratedAndThenMailedOnRequestCounts() {
        world.recipients(history.tenant(), 1, "ann");
        history.report(history.run(Earlier.of("finished", "none"), 1), "u-ann-0", "delivered", "attachment");

        assertThat(getsAnother(DeliveryMode.ATTACHMENT, OnUnknown.RESEND)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"failed", "cancelled"})
    void aReportThatWasMailedCountsWhateverHappenedToALaterDelivery(String status) {
        world.recipients(history.tenant(), 2, "ann");
        var run = history.run(Earlier.of("finished", "attachment"), 1);
        history.report(run, "u-ann-0", status, "attachment");
        history.report(run, "u-ann-1", status, "attachment");
        world.sql(
                """
                INSERT INTO delivery (tenant_id, report_id, number, mode, address, message_id, attempts, unknown_before, began_at, outcome)
                SELECT r.tenant_id, r.id, 1, 'attachment', rc.email, 'm@x', 1, FALSE, NOW(6), 'accepted'
                FROM report r JOIN recipient rc ON rc.tenant_id = r.tenant_id AND rc.id = r.recipient_id
                WHERE r.tenant_id = ? AND rc.user_id = 'u-ann-0'""", history.tenant().id());

        assertThat(getsAnother(DeliveryMode.ATTACHMENT, OnUnknown.RESEND)).containsExactly("u-ann-1");
    }

    @Test
    void reportsOnDemandSamplesAndUnfinishedWeeksDoNotCount() {
        world.recipients(history.tenant(), 3, "ann");
        history.onDemand("u-ann-0", "delivered", null);
        history.onDemand("u-ann-1", "delivered", "boss@acme.test");
        var early = history.run(new Earlier("finished", "attachment", "manual", false, true, true), 1);
        history.report(early, "u-ann-2", "delivered", "attachment");

        assertThat(getsAnother(DeliveryMode.ATTACHMENT, OnUnknown.RESEND)).hasSize(3);
    }

    @Test
    void theReportOfADeletedPersonWithTheSameUserIdDoesNotCount() {
        world.recipients(history.tenant(), 1, "ann");
        history.report(history.run(Earlier.of("finished", "attachment"), 1), "u-ann-0", "delivered", "attachment");
        world.sql("UPDATE recipient SET incarnation = 1 WHERE tenant_id = ?", history.tenant().id());

        assertThat(getsAnother(DeliveryMode.ATTACHMENT, OnUnknown.RESEND)).containsExactly("u-ann-0");
    }

    /** Random histories of up to four runs; the model states the rule once more, as the issue has it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void theRuleIsThatOfTheModel(int seed) {
        var random = new Random(seed);
        world.recipients(history.tenant(), 40, "ann");
        var reports = new ArrayList<Past>();
        for (var revision = 1; revision <= 1 + random.nextInt(4); revision++) {
            var state = pick(random, STATES);
            var delivery = pick(random, List.of("attachment", "attachment", "none"));
            var run = new Earlier(state, delivery, pick(random, List.of("manual", "scheduled")), random.nextBoolean(),
                    state.equals("finished") || state.equals("cancelled") && random.nextBoolean(), random.nextInt(8) == 0);
            var id = history.run(run, revision);
            for (var i = 0; i < 40; i++) {
                if (random.nextInt(4) > 0) {
                    var past = new Past("u-ann-" + i, run, pick(random, STATUSES), delivery);
                    history.report(id, past.userId(), past.status(), past.delivery());
                    reports.add(past);
                }
            }
        }

        for (var mode : DeliveryMode.values()) {
            for (var onUnknown : OnUnknown.values()) {
                var expected = IntStream.range(0, 40)
                        .mapToObj(i -> "u-ann-" + i)
                        .filter(user -> reports.stream().filter(it -> it.userId().equals(user))
                                .noneMatch(past -> past.settles(mode, onUnknown)))
                        .collect(Collectors.toSet());
                assertThat(getsAnother(mode, onUnknown)).as("seed %d, %s, %s", seed, mode, onUnknown).isEqualTo(expected);
            }
        }
    }

    private static <T> T pick(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private record Past(String userId, Earlier run, String status, String delivery) {

        boolean settles(DeliveryMode mode, OnUnknown onUnknown) {
            if (run.unfinished()) {
                return false;
            }
            var mails = delivery.equals("attachment");
            return switch (status) {
                case "delivered", "bounced", "suppressed" -> mails || mode == DeliveryMode.NONE;
                case "unknown" -> mode == DeliveryMode.NONE || mails && onUnknown == OnUnknown.HOLD;
                case "queued" -> mode == DeliveryMode.NONE && !isStopped();
                case "generated" -> mode == DeliveryMode.NONE && (!mails || !isStopped());
                default -> false;
            };
        }

        private boolean isStopped() {
            return switch (run.state()) {
                case "waiting", "held" -> true;
                case "enqueuing" -> run.held();
                case "cancelled" -> !run.finished();
                default -> false;
            };
        }
    }

    /** The recipients of whom a schedule's run would make a report. */
    private Set<String> getsAnother(DeliveryMode mode, OnUnknown onUnknown) {
        var run = history.run(new Earlier("enqueuing", mode.text(), "scheduled", false, false, false), 99);
        try {
            var locked = new LockedRun(
                    history.tenant().id(), run, WeekHistory.DEFINITION, "2026-W40", 99, true, 0, null, Approval.NONE, null,
                    List.of(ReportFormat.PDF), mode, RunState.ENQUEUING, false, 0, false);
            var sql = """
                SELECT rc.user_id FROM recipient rc JOIN run r ON r.tenant_id = rc.tenant_id
                WHERE rc.tenant_id = ? AND r.id = UNHEX(?) AND NOT %s""".formatted(new AlreadySent(config(onUnknown)).condition(locked));
            return world.rows(sql, history.tenant().id(), run).stream().map(row -> row.getString("user_id")).collect(Collectors.toSet());
        } finally {
            world.sql("DELETE FROM run WHERE id = UNHEX(?)", run);
        }
    }

    private static DeliveryConfig config(OnUnknown onUnknown) {
        return (DeliveryConfig) Proxy.newProxyInstance(
                AlreadySentTest.class.getClassLoader(), new Class<?>[] {DeliveryConfig.class}, (_, _, _) -> onUnknown);
    }
}
