package io.weekly.api.upload;

import static io.weekly.api.upload.UploadCalls.line;
import static io.weekly.api.upload.UploadCalls.putRecipients;
import static io.weekly.api.upload.UploadCalls.userIds;
import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asAdmin;
import static io.weekly.testing.Api.asNdjson;
import static io.weekly.testing.Api.newRecipient;
import static io.weekly.testing.Api.newTenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.weekly.testing.TestServers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class UploadsTest {

    @Test
    void invalidLinesAreReportedAndTheOthersAreStored() {
        var slug = newTenant();
        newRecipient(slug, "u-2");
        var body = String.join("\n",
                line("u-1"),
                "",
                line("u-2"),
                "{\"userId\": \"u-3\", \"name\": \"C\"}",
                "{nonsense",
                "\"text\"",
                "null",
                "{\"userId\": \"u-4\", \"name\": \"D\", \"email\": \"d@acme.test\\r\\nBcc: e@acme.test\"}",
                "{\"userId\": \"u-5\", \"name\": \"E\", \"email\": \"e@acme.test\", \"pdfPassword\": \"x\"}",
                line("u-6") + line("u-7"),
                "{\"userId\": \"u-8\", \"name\": \"" + "x".repeat(70_000) + "\"}",
                line("u-9"));

        putRecipients(slug, body.getBytes(StandardCharsets.UTF_8))
                .statusCode(200)
                .body("created", equalTo(2))
                .body("updated", equalTo(1))
                .body("rejected.line", equalTo(List.of(4, 5, 6, 7, 8, 9, 10, 11)))
                .body("rejectedCount", equalTo(8))
                .body("rejected[0].error", containsString("email"))
                .body("rejected[5].error", startsWith("pdfPassword must have at least 8 characters"))
                .body("rejected[7].error", containsString("65536"));
        assertThat(userIds(slug)).containsExactly("u-2", "u-1", "u-9");
    }

    @Test
    void aLineThatAttacksRegularExpressionsIsNotSlow() {
        var slug = newTenant();
        var body = String.join("\n",
                line("u-1").replace("Ann", "x".repeat(60_000) + "\\n"),
                line("u-2").replace("Ann", " ".repeat(60_000)),
                line("u-3").replace("ann@", "a" + ".a".repeat(30_000) + "@"),
                line("u-4").replace("ann@acme.test", "a@a" + ".a".repeat(30_000)),
                line("u-5"));

        assertTimeout(Duration.ofSeconds(2), () -> putRecipients(slug, body.getBytes(StandardCharsets.UTF_8))
                .statusCode(200).body("created", equalTo(1)).body("rejected.line", equalTo(List.of(1, 2, 3, 4))));
    }

    @Test
    void ofSeveralLinesForOneRecipientTheLastOneCounts() {
        var slug = newTenant();
        var first = line("u-1");
        var last = first.replace("Ann", "Zoë");

        putRecipients(slug, (first + "\n" + line("u-0") + "\n" + last).getBytes(StandardCharsets.UTF_8))
                .statusCode(200)
                .body("created", equalTo(2))
                .body("updated", equalTo(1));
        asAdmin(slug).get(TENANTS + "/" + slug + "/recipients/u-1").then().body("name", equalTo("Zoë"));
    }

    @Test
    void repeatedRecipientsAreReportedAcrossChunks() {
        var slug = newTenant();
        newRecipient(slug, "u-600");
        var lines = IntStream.range(0, 1_200).mapToObj(i -> line("u-" + i)).collect(Collectors.toList());
        lines.set(3, line("u-2"));
        lines.set(700, line("u-1"));
        lines.set(1_100, line("u-1"));
        lines.set(1_101, "{nonsense");
        var body = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);

        putRecipients(slug, body).statusCode(200)
                .body("created", equalTo(1_195)).body("updated", equalTo(4)).body("rejectedCount", equalTo(1))
                .body("repeated", equalTo(List.of(4, 701, 1_101))).body("repeatedCount", equalTo(3));
        putRecipients(slug, body).statusCode(200)
                .body("created", equalTo(0)).body("updated", equalTo(1_199)).body("repeated", equalTo(List.of(4, 701, 1_101)));
    }

    @Test
    void aSyntaxErrorInALineIsReportedWithItsColumn() {
        var slug = newTenant();
        var body = String.join("\n",
                "{\"userId\": \"u-1\", \"userId\": \"u-2\", \"name\": \"A\", \"email\": \"a@acme.test\"}",
                "{\"userId\": u}",
                "[]",
                "{\"userId\": \"u-3\"",
                "{\"%s\": 1}".formatted("x".repeat(60_000)),
                "{\"userId\": \"u-4\", \"name\": \"A\", \"email\": \"a@acme.test\", \"tags\": [%s1]}".formatted("\"\", ".repeat(10_000)));

        var errors = putRecipients(slug, body.getBytes(StandardCharsets.UTF_8)).statusCode(200)
                .body("rejected.line", equalTo(List.of(1, 2, 3, 4, 5, 6)))
                .extract().jsonPath().<String>getList("rejected.error");

        assertThat(errors.get(0)).isEqualTo("has userId twice");
        assertThat(errors.get(1)).startsWith("is no valid JSON at column 1");
        assertThat(errors.get(2)).isEqualTo("is not one JSON object");
        assertThat(errors.get(3)).startsWith("is no valid JSON at column");
        assertThat(errors).allSatisfy(error -> assertThat(error).hasSizeLessThanOrEqualTo(300));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 499, 500, 501, 1000, 1001, 20_000})
    void everyLineCountsForEachNumberOfChunks(int lines) {
        var slug = newTenant();
        var body = IntStream.range(0, lines).mapToObj(i -> line("u-" + i)).collect(Collectors.joining("\r\n"))
                .getBytes(StandardCharsets.UTF_8);

        putRecipients(slug, body).statusCode(200)
                .body("created", equalTo(lines)).body("updated", equalTo(0)).body("rejected", equalTo(List.of()));
        putRecipients(slug, body).statusCode(200)
                .body("created", equalTo(0)).body("updated", equalTo(lines)).body("rejected", equalTo(List.of()));
    }

    @Test
    void anUploadRestoresAndEndsRecipients() {
        var slug = newTenant();
        newRecipient(slug, "u-1");
        newRecipient(slug, "u-2");
        asAdmin(slug).delete(TENANTS + "/" + slug + "/recipients/u-1").then().statusCode(204);

        putRecipients(slug, (line("u-1") + "\n" + line("u-2").replace("}", ", \"active\": false}")).getBytes(StandardCharsets.UTF_8))
                .statusCode(200).body("updated", equalTo(2));

        asAdmin(slug).get(TENANTS + "/" + slug + "/recipients").then().body("items.active", equalTo(List.of(true, false)));
    }

    @Test
    void metricsAreStoredAndInvalidOnesAreReported() {
        var slug = newTenant();
        var body = String.join("\n",
                "{\"metric\": \"revenue\", \"day\": \"2026-11-20\", \"value\": 12.5}",
                "{\"metric\": \"revenue\", \"day\": \"2026-11-20\", \"value\": -7, \"dimension\": \"plan=pro\"}",
                "{\"metric\": \"revenue\", \"day\": \"2026-11-20\", \"value\": 0.00005, \"dimension\": \"\"}",
                "{\"metric\": \"revenue\", \"day\": \"2026-11-31\", \"value\": 1}",
                "{\"metric\": \"revenue\", \"day\": \"20.11.2026\", \"value\": 1}",
                "{\"metric\": \"revenue\", \"day\": 20777, \"value\": 1}",
                "{\"metric\": \"revenue\", \"day\": \"+10000-01-01\", \"value\": 1}",
                "{\"metric\": \"revenue\", \"day\": \"2026-11-20\", \"value\": \"12\"}",
                "{\"metric\": \"revenue\", \"day\": \"2026-11-20\", \"value\": 1e21}",
                "{\"metric\": \"revenue\", \"day\": \"2026-11-20\", \"value\": 1e-999999999}",
                "{\"metric\": \"\", \"day\": \"2026-11-20\", \"value\": 1}",
                "{\"metric\": \"revenue\", \"day\": \"2026-11-20\"}",
                "{\"metric\": \"revenue\", \"day\": \"2026-11-20\", \"value\": NaN}",
                "{\"metric\": \"revenue\", \"day\": \"2026-11-21\", \"value\": 99999999999999999999.9999}");

        asNdjson(slug).body(body.getBytes(StandardCharsets.UTF_8)).post(TENANTS + "/" + slug + "/metrics").then()
                .statusCode(200)
                .body("accepted", equalTo(4))
                .body("rejected.line", equalTo(List.of(4, 5, 6, 7, 8, 9, 10, 11, 12, 13)));
    }

    @Test
    void anUploadWithoutLinesStoresNothing() {
        var slug = newTenant();

        asNdjson(slug).post(TENANTS + "/" + slug + "/metrics").then()
                .statusCode(200).body("accepted", equalTo(0)).body("rejected", equalTo(List.of()));
        putRecipients(slug, "\n \r\n\n".getBytes(StandardCharsets.UTF_8)).statusCode(200).body("created", equalTo(0));
    }

    @Test
    void anUploadWithoutAccessIsRefusedBeforeItIsRead() {
        var mine = newTenant();
        var theirs = newTenant();

        asNdjson(mine).body("nonsense".repeat(100_000)).put(TENANTS + "/" + theirs + "/recipients").then().statusCode(404);
        asNdjson(mine).body("nonsense".repeat(100_000)).post(TENANTS + "/" + theirs + "/metrics").then().statusCode(404);
    }
}
