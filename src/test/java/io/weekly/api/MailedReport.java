package io.weekly.api;

import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newTenant;
import static io.weekly.testing.TestReports.startRuns;

import io.weekly.testing.TestMail;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.Map;
import java.util.UUID;

/**
 * The mail of a report of a new tenant to its only recipient.
 *
 * @param path of the address in the mail to unsubscribe
 */
record MailedReport(String slug, String user, MimeMessage mail, String path) {

    static MailedReport of(World world) {
        var slug = newTenant();
        var user = "u" + UUID.randomUUID().toString().substring(0, 8);
        newRecipient(slug, user);
        world.ended(run(slug, "2026-W40"), 1);
        var mail = TestMail.messagesTo(user + "@acme.test").getFirst();
        return new MailedReport(
                slug, user, mail, header(mail, "List-Unsubscribe").replaceAll("[<>]", "").replace(TestServers.PUBLIC_URL, ""));
    }

    /** Starts a run that mails the reports of a week. */
    static String run(String slug, String period) {
        return startRuns(asAdmin(slug), Map.of("definition", "weekly-business", "period", period, "deliver", true))
                .statusCode(202).extract().path("items[0].id");
    }

    /** The value of a header, as if it were on one line. */
    static String header(MimeMessage mail, String name) {
        try {
            return mail.getHeader(name)[0].replaceAll("\\s", "");
        } catch (MessagingException e) {
            throw new IllegalStateException("the mail cannot be read", e);
        }
    }
}
