package io.weekly.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weekly.dev.DevFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A disk is full, and later it has space again. If no small file system can be mounted, the test is skipped and says so. */
class FullDiskChaos {

    private static final int REPORTS = 80;
    private static final String WAITING_FOR_SPACE =
            """
            SELECT COUNT(*)
            FROM report
            WHERE status = 'queued' AND error LIKE '%could not store%space%'""";
    private static final String AWAY = "the database is away";
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    @Test
    void reportsWaitWhileTheStoreIsFullAndNoPartIsMailed() throws Exception {
        try (var disk = SmallDisk.of("1m");
                var environment = new ChaosEnvironment(Map.of("weekly.store.dir", disk.folder().toString()))) {
            var tenants = new Tenants(environment.application(), REPORTS);
            await().atMost(TIMEOUT).until(() -> {
                tenants.startNextWhenReady();
                return disk.isFull() && environment.application().count(WAITING_FOR_SPACE) > 0;
            });
            System.out.println("Full store: %d ended".formatted(environment.ended()));
            assertThat(environment.ended()).isLessThan(REPORTS);

            disk.resizeTo("100m");
            environment.awaitFinished(tenants);

            assertBalance(environment, new PossibleDuplicates(environment.application(), environment.mails().inbox()));
        }
    }

    /**
     * Tables cannot grow, and statements that need a temporary file wait. Some mails go out whose outcome cannot be written. Only those may
     * be flagged.
     */
    @Test
    void nothingIsLostWhileTheDiskOfTheDatabaseIsFull() throws Exception {
        var files = Files.createTempDirectory("weekly-files-").toString();
        try (var disk = SmallDisk.of("500m");
                var environment = new ChaosEnvironment(
                        Map.of("weekly.store.dir", files), ChaosEnvironment.NO_OFFSETS, disk.folder().resolve("environment"))) {
            var tenants = new Tenants(environment.application(), REPORTS);
            await().atMost(TIMEOUT).until(() -> {
                tenants.startNextWhenReady();
                return environment.ended() > REPORTS / 8;
            });
            var possibleDuplicates = new PossibleDuplicates(environment.application(), environment.mails().inbox());

            possibleDuplicates.before();
            disk.fill();
            await().atMost(TIMEOUT).until(() -> environment.fleet().hasSaid(AWAY));
            System.out.println("Full disk of the database: %d ended".formatted(environment.ended()));
            assertThat(environment.ended()).isLessThan(REPORTS);
            disk.resizeTo("500m");
            possibleDuplicates.after();
            environment.awaitFinished(tenants);

            assertBalance(environment, possibleDuplicates);
        } finally {
            new DevFolder(Path.of(files)).delete();
        }
    }

    private static void assertBalance(ChaosEnvironment environment, PossibleDuplicates possibleDuplicates) throws Exception {
        var balance = new Balance(environment.application(), environment.mails().inbox());
        System.out.println("Full disk: " + balance + "; " + balance.flags(possibleDuplicates));
        balance.nothingIsLostOrStuck(REPORTS);
        balance.everyReportEndedAsTheMailServerSays();
        balance.everyMailCarriesTheStoredFile();
        balance.nothingWentOutTwiceUnflagged();
        balance.onlyPossibleDuplicatesAreFlagged(possibleDuplicates);
        environment.everyLedgerBalances();
    }
}
