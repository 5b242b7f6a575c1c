package io.weekly.dev;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class WorkbenchTest {
    private static final Logger LOG = Logger.getLogger(WorkbenchTest.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static Path dir;

    @Inject DefinitionWatch watch;
    @Inject World world;
    @TestHTTPResource("/dev/workbench") URI workbench;
    @ConfigProperty(name = DevFolder.KEY) Path ofTheTests;

    private World.TenantRow tenant;
    private String definition;

    @BeforeEach
    void createTenantAndDefinition() throws IOException, InterruptedException {
        if (dir == null) {
            dir = Files.createTempDirectory(ofTheTests, "workbench-");
            watch.watch(List.of(dir));
        }
        tenant = world.tenant();
        world.recipients(tenant, 1, "ann");
        world.figures(tenant);
        definition = "mine-" + tenant.slug();
        var taken = changeOf(definition);
        DefinitionFiles.write(dir.resolve(definition));
        taken.join();
    }

    @AfterEach
    void clear() throws IOException {
        var gone = changeOf(definition);
        Folders.delete(dir.resolve(definition));
        gone.join();
    }

    @Test
    void aRequestWithAnotherHostNameIsRefused() {
        for (var path : List.of("/dev/token", "/dev/workbench", "/dev/workbench/choices", "/dev/outbox")) {
            given().header("Host", "evil.test").get(path).then().statusCode(403);
            given().header("Host", "localhost.evil.test:8080").get(path).then().statusCode(403);
        }
        given().header("Host", "127.0.0.1:8080").get("/dev/workbench").then().statusCode(200);
    }

    @Test
    void thePageAndItsChoicesNeedNoToken() {
        given().get("/dev/workbench").then().statusCode(200).contentType("text/html").body(containsString("workbench.js"))
                // A policy would stop the script.
                .header("Content-Security-Policy", nullValue()).header("X-Content-Type-Options", "nosniff");
        given().get("/dev/workbench/workbench.js").then().statusCode(200).contentType("text/javascript");
        given().get("/dev/workbench/choices").then().statusCode(200)
                .body("definitions.name", hasItem(definition))
                .body("definitions.name", hasItem("weekly-business"))
                .body("tenants.find { it.slug == '%s' }.recipients.userId".formatted(tenant.slug()), equalTo(List.of("u-ann-0")));
    }

    @Test
    void aPreviewIsForTheChosenRecipientAndWeek() throws IOException {
        var id = preview().body("diagnostics", empty())
                .body("subject", equalTo("For Recipient 0")).body("mailText", equalTo("Hello Recipient 0"))
                .body("datasets[0].name", equalTo("kpis")).body("datasets[0].count", equalTo(7))
                .body("datasets[0].rows[0][0]", equalTo(World.WEEK.monday().toString()))
                .extract().<String>path("id");

        given().get("/dev/workbench/previews/" + id + "/report.html").then().statusCode(200).body(containsString("<h1>One</h1>"));
        given().get("/dev/workbench/previews/" + id + "/mail.html").then().statusCode(200).body(containsString("Hello Recipient 0"));
        given().get("/dev/workbench/previews/" + id + "/pdf").then().statusCode(200)
                .body("pages", equalTo(1)).body("bytes", greaterThan(1000)).body("diagnostics", empty());
        assertThat(given().get("/dev/workbench/previews/" + id + "/report.pdf").asByteArray()).startsWith('%', 'P', 'D', 'F');
        var page = ImageIO.read(new ByteArrayInputStream(given().get("/dev/workbench/previews/" + id + "/pages/1.png").asByteArray()));
        assertThat(page.getHeight()).isGreaterThan(page.getWidth());
        given().get("/dev/workbench/previews/" + id + "/pages/2.png").then().statusCode(404);
    }

    /** The browser requests the page as soon as it gets the event. With a browser it took 0.5 to 0.9 s (docs/dev-mode.md). */
    @Test
    void aSavedFileIsShown() throws IOException {
        var heard = changeOf(definition);
        var saved = System.nanoTime();
        Files.writeString(dir.resolve(definition).resolve("report.html"), DefinitionFiles.PAGE.replace("One", "Two, and more"));
        heard.join();
        var id = preview().body("diagnostics", empty()).extract().<String>path("id");
        var page = given().get("/dev/workbench/previews/" + id + "/report.html").asString();
        var millis = (System.nanoTime() - saved) / 1_000_000;

        assertThat(page).contains("<h1>Two, and more</h1>");
        LOG.infof("From the save to the changed page: %d ms", millis);
    }

    /** So that the page shows another definition. */
    @Test
    void aRemovedDefinitionIsReportedAsRemoved() throws IOException {
        var gone = changeOf(definition);
        Folders.delete(dir.resolve(definition));

        assertThat(gone.join()).contains("\"gone\":true");

        var taken = changeOf(definition);
        DefinitionFiles.write(dir.resolve(definition));
        assertThat(taken.join()).contains("\"gone\":false");
    }

    /** Otherwise the HTML pane would send requests to hosts that the data name. The PDF never does. */
    @Test
    void previewsDoNotFetchAddressesInTheData() {
        var id = preview().extract().<String>path("id");

        for (var part : List.of("report.html", "mail.html")) {
            given().get("/dev/workbench/previews/" + id + "/" + part).then().statusCode(200)
                    .header("Content-Security-Policy", "default-src 'none'; img-src data:; style-src 'unsafe-inline'");
        }
    }

    @Test
    void aBrokenDefinitionIsReportedWithTheLinesAroundTheFault() {
        save("report.html", DefinitionFiles.PAGE.replace("{#for k in kpis}", "{#for k in kpsi}"));

        preview().body("diagnostics.file", hasItem(definition + "/report.html"))
                .body("diagnostics[0].line", equalTo(3))
                .body("diagnostics[0].reason", containsString("did you mean kpis?"))
                .body("diagnostics[0].lines.find { it.faulty }.text", containsString("kpsi"))
                .body("diagnostics[0].lines[0].text", startsWith("<html>"));
    }

    @Test
    void anSqlErrorIsReportedWithTheLineOfTheFile() {
        save("kpis.sql", "\n" + DefinitionFiles.SQL.replace("ORDER BY", "ORDR BY"));

        preview().body("diagnostics[0].file", equalTo(definition + "/kpis.sql")).body("diagnostics[0].line", equalTo(6))
                .body("datasets[0].failed", equalTo(true));

        save("kpis.sql", DefinitionFiles.SQL.replace("m.value AS", "m.valu AS"));

        preview().body("diagnostics[0].line", equalTo(1)).body("diagnostics[0].reason", containsString("m.valu"));
    }

    @Test
    void aMissingColumnIsReportedWithTheLineOfTheTemplate() {
        save("report.html", DefinitionFiles.PAGE.replace("{k.value.integer}", "{k.amount.integer}"));

        preview().body("diagnostics[0].file", equalTo(definition + "/report.html")).body("diagnostics[0].line", equalTo(3))
                .body("diagnostics[0].reason", startsWith("Key \"amount\" not found"));
    }

    @Test
    void aPageThatIsNotXhtmlIsShownAndHasNoPdf() {
        save("report.html", DefinitionFiles.PAGE.replace("</h1>", "</h2>"));

        var id = preview().body("diagnostics", empty()).extract().<String>path("id");

        given().get("/dev/workbench/previews/" + id + "/pdf").then().body("diagnostics[0].line", equalTo(2)).body("pages", equalTo(0))
                .body("diagnostics[0].lines.find { it.faulty }.text", equalTo("<h1>One</h2>"));
    }

    @Test
    void unknownThingsAreNotFound() {
        given().post("/dev/workbench/previews?definition=%s&tenant=nobody&recipient=x&period=2026-W40".formatted(definition))
                .then().statusCode(404).contentType("application/problem+json");
        given().post("/dev/workbench/previews?definition=nothing&tenant=%s&recipient=u-ann-0&period=2026-W40".formatted(tenant.slug()))
                .then().statusCode(404);
        given().post("/dev/workbench/previews?definition=%s&period=2026-W60".formatted(definition)).then().statusCode(400);
        given().get("/dev/workbench/previews/none/report.html").then().statusCode(404);
    }

    private ValidatableResponse preview() {
        return given().post("/dev/workbench/previews?definition=%s&tenant=%s&recipient=u-ann-0&period=%s".formatted(
                definition, tenant.slug(), World.WEEK)).then().statusCode(200);
    }

    private void save(String file, String text) {
        var heard = changeOf(definition);
        try {
            Files.writeString(dir.resolve(definition).resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        heard.join();
    }

    /** The next event about a definition, as a browser gets it. The connection is open when this returns. */
    private CompletableFuture<String> changeOf(String name) {
        var events = HttpClient.newHttpClient()
                .sendAsync(HttpRequest.newBuilder(URI.create(workbench + "/changes")).build(), BodyHandlers.ofInputStream())
                .orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .join();
        return CompletableFuture.supplyAsync(() -> {
            try (var lines = new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("data:") && line.contains("\"" + name + "\"")) {
                        return line;
                    }
                }
                throw new IllegalStateException("the events ended without " + name);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }).orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }
}
