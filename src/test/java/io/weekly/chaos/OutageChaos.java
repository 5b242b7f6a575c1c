package io.weekly.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weekly.chaos.Mood.Answer;
import io.weekly.chaos.Mood.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One thing fails for good or for long, and everything else goes on. */
class OutageChaos {

    private static final int REPORTS = 80;
    private static final String WAITING_FOR_THE_STORE =
            """
            SELECT COUNT(*)
            FROM report
            WHERE status = 'queued' AND error LIKE '%could not store%'""";
    private static final Duration SOON = Duration.ofMinutes(2);

    @Test
    void aBrokenTemplateAffectsOnlyItsTenant() throws Exception {
        var definitions = Path.of("src/test/resources/definitions").toAbsolutePath().toString();
        try (var arena = new Arena(Map.of("weekly.definitions.dir", definitions))) {
            var tenants = new Tenants(arena.application(), REPORTS);
            arena.application().sql("UPDATE schedule SET definition = 'broken-page' WHERE tenant_id = 3");

            arena.awaitFinished(tenants);

            assertThat(arena.application().column("SELECT DISTINCT status FROM report WHERE tenant_id = 3")).containsExactly("failed");
            assertThat(arena.application().column("SELECT DISTINCT error FROM report WHERE tenant_id = 3"))
                    .allSatisfy(error -> assertThat(error).contains("broken-page"));
            assertThat(arena.application().column("SELECT DISTINCT status FROM report WHERE tenant_id <> 3")).containsExactly("delivered");
            arena.everyLedgerBalances();
        }
    }

    @Test
    void reportsWaitDuringAnOutageOfTheStore() throws Exception {
        try (var arena = new Arena(Map.of())) {
            var tenants = new Tenants(arena.application(), REPORTS);
            var store = arena.folder().files();
            var elsewhere = store.resolveSibling("elsewhere");
            await().atMost(SOON).until(() -> {
                tenants.feed();
                return arena.ended() > REPORTS / 8;
            });

            // A file where the folder was: permissions would not stop a test that runs as root.
            Files.move(store, elsewhere);
            Files.createFile(store);
            await().atMost(SOON).until(() -> {
                tenants.feed();
                return arena.application().count(WAITING_FOR_THE_STORE) > 0;
            });
            Files.delete(store);
            Files.move(elsewhere, store);
            arena.awaitFinished(tenants);

            var balance = new Balance(arena.application(), arena.mails().inbox());
            balance.nothingIsLostOrStuck(REPORTS);
            balance.everyReportEndedAsTheMailServerSays();
            balance.everyMailCarriesTheStoredFile();
            balance.nothingWentOutTwiceUnflagged();
            balance.onlyWhatWasAtStakeIsFlagged(new AtStake(arena.application(), arena.mails().inbox()));
        }
    }

    /** More dialogues fall silent than a replica may keep connections. */
    @Test
    void aSilentMailServerAffectsOnlyTheMailsItLeftWithoutReply() throws Exception {
        var silent = 40;
        try (var arena = new Arena(Map.of("quarkus.mailer.max-pool-size", "10"))) {
            arena.mails().feel(new Mood(Answer.HANG, Step.CONTENT), silent);
            var tenants = new Tenants(arena.application(), REPORTS);

            arena.awaitFinished(tenants);

            var balance = new Balance(arena.application(), arena.mails().inbox());
            var atStake = new AtStake(arena.application(), arena.mails().inbox());
            System.out.println("Silent mail server: " + balance + "; " + balance.flags(atStake));
            balance.nothingIsLostOrStuck(REPORTS);
            balance.everyReportEndedAsTheMailServerSays();
            balance.nothingWentOutTwiceUnflagged();
            balance.onlyWhatWasAtStakeIsFlagged(atStake);
        }
    }
}
