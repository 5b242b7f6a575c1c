package io.weekly.api.isolation;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.weekly.delivery.suppression.UnsubscribeTokens;
import io.weekly.report.FileType;
import io.weekly.store.ReportStore;
import io.weekly.testing.Api;
import io.weekly.testing.World;
import jakarta.enterprise.inject.spi.CDI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Brings things of a {@link MarkedTenant} into states that only lanes and timers reach, which do not run here. */
record MarkedThings(World world, ReportStore store) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The markers of a tenant: in what all of its users may see, and in what is about one of its two viewers.
     *
     * @param figure a number that is in her file
     */
    record Marks(String tenant, String ann, String bob, String figure, Set<String> ofTenant, Set<String> ofAnn, Set<String> ofBob) {

        Marks(String tenant, String ann, String bob) {
            this(tenant, ann, bob, "%d.25".formatted(ThreadLocalRandom.current().nextLong(100_000_000_000L, 999_999_999_999L)),
                    new HashSet<>(), new HashSet<>(), new HashSet<>());
            ofTenant.add(tenant);
            ofAnn.add(ann);
            ofAnn.add(figure);
            ofBob.add(bob);
        }

        String ofTenant(String marker) {
            ofTenant.add(marker);
            return marker;
        }

        String ofAnn(String marker) {
            ofAnn.add(marker);
            return marker;
        }

        String ofBob(String marker) {
            ofBob.add(marker);
            return marker;
        }

        Set<String> all() {
            var all = new HashSet<>(ofTenant);
            all.addAll(ofAnn);
            all.addAll(ofBob);
            return all;
        }
    }

    static String json(Map<String, Object> body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** Of three weeks ago, so that it should have fired last week. */
    String schedule(String slug, Map<String, Object> body) {
        String id = asAdmin(slug).contentType(ContentType.JSON).body(body).post(TENANTS + "/" + slug + "/schedules").then()
                .statusCode(201).extract().path("id");
        world.sql("UPDATE schedule SET created_at = created_at - INTERVAL 21 DAY WHERE id = UNHEX(?)", id);
        world.sql("UPDATE audit_event SET at = at - INTERVAL 21 DAY WHERE subject = ?", id);
        return id;
    }

    String held(String run) {
        world.sql("UPDATE run SET state = 'held' WHERE id = UNHEX(?)", run);
        return run;
    }

    /** The report has a file with its owner's name and a figure, and it was mailed to its owner. */
    String delivered(String report, Marks marks) {
        var content = "name,revenue\n%s,%s\n".formatted(marks.ann(), marks.figure()).getBytes(StandardCharsets.UTF_8);
        var tenant = world.one("SELECT tenant_id FROM report WHERE id = UNHEX(?)", report).getInteger("tenant_id");
        var file = store.put(tenant, "2026-W40", report, "csv", content);
        marks.ofAnn(file.sha256());
        world.sql("""
            UPDATE report SET status = 'delivered', attempt = 1, changes = changes + 1, generated_at = NOW(6), delivered_at = NOW(6)
            WHERE id = UNHEX(?)""", report);
        // The mail is kept too, so that it can be sent again.
        for (var format : new String[] {"csv", "mail"}) {
            world.sql("""
                INSERT INTO file (tenant_id, report_id, format, media_type, bytes, sha256, path, created_at, expires_at)
                SELECT tenant_id, id, ?, ?, ?, ?, ?, NOW(6), NOW(6) + INTERVAL 1 DAY
                FROM report WHERE id = UNHEX(?)""",
                    format, FileType.CSV.mediaType(), file.bytes(), file.sha256(), file.path(), report);
        }
        world.sql("""
            INSERT INTO delivery (tenant_id, report_id, number, mode, address, message_id, attempts, outcome, unknown_before, began_at)
            SELECT tenant_id, id, 1, 'attachment', ?, ?, 1, 'accepted', FALSE, NOW(6)
            FROM report WHERE id = UNHEX(?)""", marks.ann() + "@mail.test", "<%s@mail.test>".formatted(marks.ann()), report);
        world.sql("DELETE FROM job WHERE report_id = UNHEX(?)", report);
        return report;
    }

    /** @param token what opens the file */
    record Link(String id, String token) {}

    Link link(Caller caller, String report) {
        var link = Api.anonymous().header("Authorization", caller.authorization().orElseThrow()).contentType(ContentType.JSON)
                .body(Map.of("format", "csv")).post("/api/v1/reports/" + report + "/links").then().statusCode(201).extract();
        var url = link.<String>path("url");
        return new Link(link.path("id"), url.substring(url.lastIndexOf('/') + 1));
    }

    /** Of an address that nothing else is about. */
    String suppression(String slug, String marker) {
        return asAdmin(slug).contentType(ContentType.JSON).body(Map.of("address", "gone-" + marker + "@mail.test"))
                .post(TENANTS + "/" + slug + "/suppressions").then().statusCode(201).extract().path("id");
    }

    /** What the mail of the report has in its address to unsubscribe. */
    String unsubscribeToken(String report) {
        var tenant = world.one("SELECT tenant_id FROM report WHERE id = UNHEX(?)", report).getInteger("tenant_id");
        return CDI.current().select(UnsubscribeTokens.class).get().token(tenant, report).orElseThrow();
    }

    /** The erasure of a recipient that nothing else is about. */
    String erased(String slug, String user) {
        Api.newRecipient(slug, user);
        return asAdmin(slug).post(TENANTS + "/" + slug + "/recipients/" + user + "/erasure").then().statusCode(202).extract().path("id");
    }

    String webhook(String slug) {
        return asAdmin(slug).contentType(ContentType.JSON).body(Map.of("url", "https://127.0.0.1:9/" + slug))
                .post(TENANTS + "/" + slug + "/webhooks").then().statusCode(201).extract().path("id");
    }

    String message(String slug, String webhook) {
        return asAdmin(slug).post(TENANTS + "/" + slug + "/webhooks/" + webhook + "/test").then().statusCode(202).extract().path("id");
    }

    String failed(String report, String marker) {
        world.sql("UPDATE report SET status = 'failed', attempt = 2, changes = changes + 1, error = ? WHERE id = UNHEX(?)",
                "no figures for " + marker, report);
        world.sql("DELETE FROM job WHERE report_id = UNHEX(?)", report);
        return report;
    }

    String logo(String slug, String marker) {
        var svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><rect id=\"%s\" width=\"9\" height=\"9\"/></svg>"
                .formatted(marker);
        var asIs = EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false);
        asAdmin(slug).config(RestAssuredConfig.config().encoderConfig(asIs)).header("Content-Type", "image/svg+xml")
                .body(svg.getBytes(StandardCharsets.UTF_8)).put(TENANTS + "/" + slug + "/logo").then().statusCode(201);
        return "none";
    }
}
