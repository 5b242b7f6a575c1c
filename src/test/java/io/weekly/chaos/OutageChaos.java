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

/** One part fails, for ever or for a long time, and everything else continues. */
class OutageChaos {

    private static final int REPORTS = 80;
    private static final String WAITING_FOR_THE_STORE =
            """
            SELECT COUNT(*)
            FROM report
            WHERE status = 'queued' AND error LIKE '%could not store%'""";
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    @Test
    void aBrokenTemplateAffectsOnlyItsTenant() throws Exception {
        var definitions = Path.of("src/test/resources/definitions").toAbsolutePath().toString();
        try (var environment = new ChaosEnvironment(Map.of("weekly.definitions.dir", definitions))) {
            var tenants = new Tenants(environment.application(), REPORTS);
            environment.application().sql("UPDATE schedule SET definition = 'broken-page' WHERE tenant_id = 3");

            environment.awaitFinished(tenants);

            assertThat(environment.application().column("SELECT DISTINCT status FROM report WHERE tenant_id = 3"))
                    .containsExactly("failed");
            assertThat(environment.application().column("SELECT DISTINCT error FROM report WHERE tenant_id = 3"))
                    .allSatisfy(error -> assertThat(error).contains("broken-page"));
            assertThat(environment.application().column("SELECT DISTINCT status FROM report WHERE tenant_id <> 3"))
                    .containsExactly("delivered");
            environment.everyLedgerBalances();
        }
    }

    @Test
    void reportsWaitDuringAnOutageOfTheStore() throws Exception {
        try (var environment = new ChaosEnvironment(Map.of())) {
            var tenants = new Tenants(environment.application(), REPORTS);
            var store = environment.folder().files();
            var elsewhere = store.resolveSibling("elsewhere");
            await().atMost(TIMEOUT).until(() -> {
                tenants.startNextWhenReady();
                return environment.ended() > REPORTS / 8;
            });

            // A file where the folder was: permissions would not stop a test that runs as root.
            Files.move(store, elsewhere);
            Files.createFile(store);
            await().atMost(TIMEOUT).until(() -> {
                tenants.startNextWhenReady();
                return environment.application().count(WAITING_FOR_THE_STORE) > 0;
            });
            Files.delete(store);
            Files.move(elsewhere, store);
            environment.awaitFinished(tenants);

            var balance = new Balance(environment.application(), environment.mails().inbox());
            balance.nothingIsLostOrStuck(REPORTS);
            balance.everyReportEndedAsTheMailServerSays();
            balance.everyMailCarriesTheStoredFile();
            balance.nothingWentOutTwiceUnflagged();
            balance.onlyPossibleDuplicatesAreFlagged(new PossibleDuplicates(environment.application(), environment.mails().inbox()));
        }
    }

    /** There are more silent dialogues than a replica may have connections. */
    @Test
    void aSilentMailServerAffectsOnlyTheMailsItLeftWithoutReply() throws Exception {
        var silent = 40;
        try (var environment = new ChaosEnvironment(Map.of("quarkus.mailer.max-pool-size", "10"))) {
            environment.mails().feel(new Mood(Answer.HANG, Step.CONTENT), silent);
            var tenants = new Tenants(environment.application(), REPORTS);

            environment.awaitFinished(tenants);

            var balance = new Balance(environment.application(), environment.mails().inbox());
            var possibleDuplicates = new PossibleDuplicates(environment.application(), environment.mails().inbox());
            System.out.println("Silent mail server: " + balance + "; " + balance.flags(possibleDuplicates));
            balance.nothingIsLostOrStuck(REPORTS);
            balance.everyReportEndedAsTheMailServerSays();
            balance.nothingWentOutTwiceUnflagged();
            balance.onlyPossibleDuplicatesAreFlagged(possibleDuplicates);
        }
    }
}
