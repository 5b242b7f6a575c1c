package io.weekly.worker;

import static io.restassured.RestAssured.given;
import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportStatus;
import io.weekly.run.RunStart;
import io.weekly.testing.MailParts;
import io.weekly.testing.TestMail;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A run whose mails have a link instead of the files. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class MailLinksTest {

    private static final Pattern LINK = Pattern.compile(Pattern.quote(TestServers.PUBLIC_URL) + "(/d/[A-Za-z0-9._-]+)");

    @Inject World world;
    @Inject RunStart runs;

    @Test
    void theMailHasALinkThatOpensTheFileAndNoAttachment() throws Exception {
        var tenant = world.tenant();
        world.figures(tenant);
        var address = world.recipients(tenant, 1, "ann").getFirst();

        var report = world.ended(get(runs.byHand(world.order(tenant, "weekly-business", DeliveryMode.LINK))), 1).getFirst();

        assertThat(report.status()).isEqualTo(ReportStatus.DELIVERED);
        assertThat(report.delivery().mode()).isEqualTo(DeliveryMode.LINK);
        assertThat(TestMail.to(address)).singleElement().satisfies(mail -> assertThat(mail.attachments()).isEmpty());
        var parts = MailParts.parts(TestMail.messagesTo(address).getFirst());
        var path = path(MailParts.only(parts, "text/plain").getContent().toString());
        assertThat(path(MailParts.only(parts, "text/html").getContent().toString())).isEqualTo(path);
        assertThat(given().get(path).then().statusCode(200).extract().asByteArray())
                .hasSize((int) report.files().getFirst().bytes()).startsWith("%PDF".getBytes());
        assertThat(world.count("SELECT COUNT(*) FROM link WHERE report_id = UNHEX(?) AND delivery = 1", report.id())).isEqualTo(1);
    }

    private static String path(String body) {
        assertThat(body).doesNotContain("link.invalid");
        var link = LINK.matcher(body);
        assertThat(link.find()).as(body).isTrue();
        return link.group(1);
    }
}
