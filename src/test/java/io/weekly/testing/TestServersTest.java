package io.weekly.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.Mailer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class TestServersTest {
    @Inject
    Pool pool;

    @Inject
    Mailer mailer;

    @BeforeEach
    void emptyOutbox() {
        TestMail.clear();
    }

    @Test
    void theDatabaseIsMigratedAndBelongsToThisRun() {
        Row row = pool.query("SELECT DATABASE() AS name, (SELECT COUNT(*) FROM lane_turn) AS turns").executeAndAwait().iterator().next();

        assertThat(row.getString("name")).matches("weekly_[0-9a-f]{12}");
        assertThat(row.getLong("turns")).isEqualTo(4);
    }

    @Test
    void aSentMailIsCaughtCompletely() {
        byte[] pdf = "%PDF-1.7 not really".getBytes(StandardCharsets.US_ASCII);
        Mail mail = Mail.withText("eleni@kafeneio.test", "Η εβδομάδα σας", "Καλημέρα").setFrom("reports@weekly.test")
                .addAttachment("Εβδομάδα 47.pdf", pdf, "application/pdf");

        mailer.send(mail);

        assertThat(TestMail.to("eleni@kafeneio.test")).singleElement().satisfies(caught -> {
            assertThat(caught.subject()).isEqualTo("Η εβδομάδα σας");
            assertThat(caught.from()).isEqualTo("reports@weekly.test");
            assertThat(caught.text()).contains("Καλημέρα");
            assertThat(caught.attachments()).singleElement().satisfies(attachment -> {
                assertThat(attachment.name()).isEqualTo("Εβδομάδα 47.pdf");
                assertThat(attachment.type()).isEqualTo("application/pdf");
                assertThat(attachment.content()).isEqualTo(pdf);
            });
        });
    }
}
