package io.weekly.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.report.DeliveryMode;
import io.weekly.report.Report;
import io.weekly.testing.MoodyMailServer;
import io.weekly.testing.TestServers;
import io.weekly.testing.WeekOfRuns;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random weeks: users and schedules start, cancel, approve and retry runs in any order. At the end of each week a schedule fires. Then each
 * recipient has exactly one mail, unless a user has sent a new revision.
 */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(MoodyMailServer.Profile.class)
class AlreadySentModelTest {

    private static final int STEPS = 9;

    @Inject
    World world;

    @Inject
    WeekOfRuns week;

    private final List<String> history = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void atTheEndOfAnyWeekEachRecipientHasOneMail(int seed) {
        var random = new Random(seed);
        var tenant = world.tenant();
        world.figures(tenant);
        var addresses = new ArrayList<>(world.recipients(tenant, 4, "ann"));
        addresses.addAll(world.recipients(tenant, 2, "defer"));
        world.sql("UPDATE recipient SET tags = JSON_ARRAY('sales') WHERE tenant_id = ? AND id % 2 = 0", tenant.id());

        for (var step = 0; step < STEPS; step++) {
            act(tenant, random);
        }
        week.awaitQuiet(tenant);
        week.fire(tenant, null, null);
        week.awaitQuiet(tenant);
        // What somebody approves or retries after that sends nothing more.
        week.all(tenant).stream().filter(run -> run.state() == RunState.HELD).forEach(run -> week.approve(run.id()));
        week.all(tenant).forEach(run -> world.reports(run.id()).forEach(report -> week.retry(report.id())));
        week.awaitQuiet(tenant);

        assertThat(addresses).as("seed %d: %s", seed, history)
                .allSatisfy(address -> assertThat(MoodyMailServer.received(address)).isEqualTo(1));
    }

    private void act(TenantRow tenant, Random random) {
        var runs = week.all(tenant);
        var step = random.nextInt(9);
        history.add(String.valueOf(step));
        switch (step) {
            case 0 -> week.byHand(tenant, DeliveryMode.ATTACHMENT);
            case 1 -> week.byHand(tenant, DeliveryMode.NONE);
            case 2 -> week.newRevision(tenant, DeliveryMode.NONE);
            case 3 -> week.fire(tenant, new Audience(List.of("sales")), null);
            case 4 -> week.fire(tenant, null, "owner@" + tenant.slug() + ".test");
            case 5 -> runs.stream().skip(runs.isEmpty() ? 0 : random.nextInt(runs.size())).findFirst()
                    .ifPresent(run -> week.cancel(run.id()));
            case 6 -> runs.stream().filter(run -> run.state() == RunState.HELD).findFirst().ifPresent(run -> week.approve(run.id()));
            case 7 -> runs.stream().flatMap(run -> world.reports(run.id()).stream()).filter(Report::done).limit(3)
                    .forEach(report -> week.retry(report.id()));
            default -> week.awaitQuiet(tenant);
        }
    }
}
