package io.weekly.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weekly.dev.DevFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The disk is really full, and then there is space again. Where no small file system can be mounted this is skipped, and says so. */
class FullDiskChaos {

    private static final int REPORTS = 80;
    private static final String WAITING_FOR_SPACE =
            """
            SELECT COUNT(*)
            FROM report
            WHERE status = 'queued' AND error LIKE '%could not store%space%'""";
    private static final String NOT_WRITTEN = "could not be written";
    private static final Duration SOON = Duration.ofMinutes(3);

    @Test
    void reportsWaitWhileTheStoreIsFullAndNoPartIsMailed() throws Exception {
        try (var disk = SmallDisk.of("1m");
                var arena = new Arena(Map.of("weekly.store.dir", disk.folder().toString()))) {
            var tenants = new Tenants(arena.application(), REPORTS);
            await().atMost(SOON).until(() -> {
                tenants.feed();
                return disk.isFull() && arena.application().count(WAITING_FOR_SPACE) > 0;
            });
            System.out.println("Full store: %d ended".formatted(arena.ended()));
            assertThat(arena.ended()).isLessThan(REPORTS);

            disk.resizeTo("100m");
            arena.awaitFinished(tenants);

            holds(arena, new AtStake(arena.application(), arena.mails().inbox()));
        }
    }

    /**
     * Tables cannot grow, and statements that need a temporary file wait. Mails go out whose end cannot be written: those are at stake, and
     * no others go out.
     */
    @Test
    void nothingIsLostWhileTheDiskOfTheDatabaseIsFull() throws Exception {
        var files = Files.createTempDirectory("weekly-files-").toString();
        try (var disk = SmallDisk.of("500m");
                var arena = new Arena(Map.of("weekly.store.dir", files), Arena.RIGHT, disk.folder().resolve("arena"))) {
            var tenants = new Tenants(arena.application(), REPORTS);
            await().atMost(SOON).until(() -> {
                tenants.feed();
                return arena.ended() > REPORTS / 8;
            });
            var atStake = new AtStake(arena.application(), arena.mails().inbox());

            atStake.before();
            disk.fill();
            await().atMost(SOON).until(() -> arena.fleet().hasSaid(NOT_WRITTEN));
            System.out.println("Full disk of the database: %d ended".formatted(arena.ended()));
            assertThat(arena.ended()).isLessThan(REPORTS);
            disk.resizeTo("500m");
            atStake.after();
            arena.awaitFinished(tenants);

            holds(arena, atStake);
        } finally {
            new DevFolder(Path.of(files)).delete();
        }
    }

    private static void holds(Arena arena, AtStake atStake) throws Exception {
        var balance = new Balance(arena.application(), arena.mails().inbox());
        System.out.println("Full disk: " + balance + "; " + balance.flags(atStake));
        balance.nothingIsLostOrStuck(REPORTS);
        balance.everyReportEndedAsTheMailServerSays();
        balance.everyMailCarriesTheStoredFile();
        balance.nothingWentOutTwiceUnflagged();
        balance.onlyWhatWasAtStakeIsFlagged(atStake);
        arena.everyLedgerBalances();
    }
}
