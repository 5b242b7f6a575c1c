package io.weekly.queue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.database.Database;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * After each step of some hundred random histories, the rows of {@code job} are what the model says. {@code -Dweekly.test.seed=} begins
 * with the history of that seed and repeats its steps. Which of two concurrent transactions comes first is still the database's choice.
 */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class QueueModelTest {

    private static final org.jboss.logging.Logger LOG = org.jboss.logging.Logger.getLogger(QueueModelTest.class);
    private static final int HISTORIES = 300;
    private static final int STEPS = 20;
    private static final long SEED = Optional.ofNullable(System.getProperty("weekly.test.seed"))
            .map(Long::valueOf)
            .orElseGet(() -> ThreadLocalRandom.current().nextLong(1_000_000_000));

    /** It says each rescue, rightly; here that is a line every few milliseconds. */
    private final Logger rescuerLog = Logger.getLogger(JobRescuer.class.getName());

    @Inject
    World world;

    @Inject
    Database database;

    @Inject
    JobQueue queue;

    @Inject
    Leases leases;

    @Inject
    JobStager stager;

    @Inject
    JobRescuer rescuer;

    @Inject
    Lanes lanes;

    @BeforeEach
    void silence() {
        rescuerLog.setLevel(Level.SEVERE);
    }

    @AfterEach
    void leaveNothing() {
        rescuerLog.setLevel(null);
        clear();
    }

    @Test
    void theRowsAreWhatTheModelSays() {
        LOG.infof("weekly.test.seed is %d", SEED);
        var verbs = new ModelledQueue.Verbs(database, queue, leases, stager, rescuer, lanes);
        for (var seed = SEED; seed < SEED + HISTORIES; seed++) {
            clear();
            var history = new QueueHistory(new ModelledQueue(verbs, new JobRows(world, database), seed));
            try {
                history.tell(STEPS);
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError("with -Dweekly.test.seed=%d, at the end of %s".formatted(seed, history.story()), broken);
            }
        }
    }

    private void clear() {
        new JobRows(world, database).clear();
    }
}
