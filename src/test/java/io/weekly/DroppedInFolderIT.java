package io.weekly;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.http.ContentType;
import io.weekly.dev.DatabaseServer;
import io.weekly.testing.Application;
import io.weekly.testing.Chinook;
import io.weekly.testing.TestMail;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application loads folders from {@code weekly.definitions.dir}. A broken one does not affect the others. */
class DroppedInFolderIT {
    private static final Path SAMPLES = Path.of("src/test/resources/definitions");
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @TempDir Path definitions;

    private final TestServers servers = new TestServers();
    /** The domain of the addresses. It is unique, because there is one outbox for the whole JVM. */
    private final String domain = UUID.randomUUID() + ".test";
    private Map<String, String> config;
    private Application application;

    @BeforeEach
    void startServers() throws Exception {
        config = new LinkedHashMap<>(servers.start());
        config.putAll(Map.of(
                "mp.jwt.verify.issuer", "weekly-reports",
                "mp.jwt.verify.audiences", "weekly-reports",
                "weekly.store.dir", config.get("weekly.dev.dir") + "/dropped-files",
                "weekly.definitions.dir", definitions.toString()));
        application = new Application(config);
    }

    @AfterEach
    void stopAll() throws Exception {
        application.close();
        servers.stop();
    }

    @Test
    void aFolderOfADefinitionIsLoadedAndABrokenOneBesideItOnlyListsItsErrors() throws Exception {
        drop("plain", "our-own");
        drop("plain", "misspelt");
        Files.writeString(
                definitions.resolve("misspelt/rows.sql"), "SELECT t.name\nFROM tenant t\nWHERE t.slug = :tenat AND t.slug = :tenant");

        var api = start();
        tenant("dropped", Map.of("u-1", "ann"));
        application.sql("INSERT INTO metric (tenant_id, metric, day, dimension, value) VALUES (1, 'revenue', '2026-09-30', '', 1200)");

        var listed = given().auth().oauth2(TestTokens.operator()).get(api + "/definitions").then().statusCode(200).extract().jsonPath();
        assertThat(listed.getList("items.name", String.class)).contains("misspelt", "our-own", "weekly-business");
        assertThat(listed.getList("items.findAll { it.errors.size() > 0 }.name", String.class)).containsExactly("misspelt");
        assertThat(listed.<Map<String, Object>>getList("items.find { it.name == 'misspelt' }.errors")).singleElement().satisfies(fault -> {
            assertThat(fault).containsEntry("file", "rows.sql").containsEntry("line", 3);
            assertThat(fault.get("reason").toString()).startsWith("unknown parameter :tenat");
        });
        for (var definition : List.of("our-own", "weekly-business")) {
            assertThat(delivered(api, "dropped", definition, "2026-W40")).as(definition).isEqualTo(1);
        }
        assertThat(TestMail.to("ann@" + domain)).hasSize(2).allSatisfy(mail ->
                assertThat(mail.attachments()).singleElement().satisfies(file ->
                        assertThat(file.type()).startsWith("application/pdf")));
        assertThat(application.count("SELECT COUNT(*) FROM report WHERE status = 'delivered'")).isEqualTo(2);
    }

    @Test
    void theReportOfTheTutorialIsMailedToEachSalesAgent() throws Exception {
        var shop = Chinook.orSkip("the walk-through's report, made and mailed by the packaged application");
        var server = URI.create(config.get("quarkus.datasource.reactive.url"));
        var password = config.getOrDefault("quarkus.datasource.password", "");
        shop.run(server.getHost(), server.getPort(), config.get("quarkus.datasource.username"), password);
        try {
            drop("chinook-sales", "chinook-sales");
            var api = start();
            tenant("chinook", Map.of("3", "jane", "4", "margaret", "5", "steve"));

            assertThat(delivered(api, "chinook", "chinook-sales", "2024-W13")).isEqualTo(3);
            for (var agent : List.of("jane", "margaret", "steve")) {
                assertThat(TestMail.to(agent + "@" + domain)).singleElement().satisfies(mail -> assertThat(mail.attachments()).hasSize(1));
            }
        } finally {
            DatabaseServer.execute(
                    server.getHost(), server.getPort(), config.get("quarkus.datasource.username"), password, "DROP DATABASE Chinook");
        }
    }

    private void drop(String sample, String name) throws IOException {
        var folder = Files.createDirectories(definitions.resolve(name));
        try (var files = Files.list(SAMPLES.resolve(sample))) {
            for (var file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
    }

    private String start() throws IOException {
        return application.start("dropped", Map.of()).address() + "/api/v1";
    }

    private void tenant(String slug, Map<String, String> people) throws SQLException {
        application.sql("""
            INSERT INTO tenant (id, slug, name, zone, locale, color, created_at, updated_at)
            VALUES (1, '%1$s', 'Tenant %1$s', 'America/Edmonton', 'en', '#0f766e', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))""".formatted(slug));
        for (var person : people.entrySet()) {
            application.sql("""
                INSERT INTO recipient (tenant_id, user_id, name, email, tags, active, created_at, updated_at)
                VALUES (1, '%s', '%s', '%s@%s', '[]', TRUE, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))"""
                    .formatted(person.getKey(), person.getValue(), person.getValue(), domain));
        }
    }

    /** Starts a run, and returns the number of delivered reports when it has finished. */
    private int delivered(String api, String tenant, String definition, String period) {
        String run = given().auth().oauth2(TestTokens.operator()).contentType(ContentType.JSON)
                .body(Map.of("definition", definition, "period", period, "tenants", List.of(tenant), "deliver", true))
                .post(api + "/runs").then().statusCode(202).extract().path("items[0].id");
        await().atMost(TIMEOUT).until(() -> "finished".equals(
                given().auth().oauth2(TestTokens.operator()).get(api + "/runs/" + run).path("state")));
        return given().auth().oauth2(TestTokens.operator()).get(api + "/runs/" + run + "/ledger").path("delivered");
    }
}
