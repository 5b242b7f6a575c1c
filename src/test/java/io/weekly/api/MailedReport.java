package io.weekly.api;

import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asViewer;
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
 * The mail of a report to the only recipient of a new tenant.
 *
 * @param user the user id of the recipient
 * @param path of the address in the mail where the reader unsubscribes
 */
record MailedReport(String slug, String user, MimeMessage mail, String path) {

    static final String PREFERENCES = "/api/v1/me/preferences";

    static MailedReport make(World world) throws Exception {
        var slug = newTenant();
        var user = "u" + UUID.randomUUID().toString().substring(0, 8);
        newRecipient(slug, user);
        world.ended(run(slug, "2026-W40"), 1);
        var mail = TestMail.messagesTo(user + "@acme.test").getFirst();
        var path = header(mail, "List-Unsubscribe").replaceAll("[<>]", "").replace(TestServers.PUBLIC_URL, "");
        return new MailedReport(slug, user, mail, path);
    }

    /** Starts a run that mails its report. Returns its id. */
    static String run(String slug, String period) {
        return startRuns(asAdmin(slug), Map.of("definition", "weekly-business", "period", period, "deliver", true))
                .statusCode(202).extract().path("items[0].id");
    }

    private static String header(MimeMessage mail, String name) throws MessagingException {
        return mail.getHeader(name)[0].replaceAll("\\s", "");
    }

    /** The header of the mail, without its white space. */
    String header(String name) throws MessagingException {
        return header(mail, name);
    }

    /** What the recipient has chosen, as JSON. */
    String preferences() {
        return asViewer(slug, user).get(PREFERENCES).then().statusCode(200).extract().asString();
    }
}
