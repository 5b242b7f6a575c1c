package io.weekly.ops;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.weekly.testing.Api;
import io.weekly.testing.BreakableDatabase;
import io.weekly.testing.LogLines;
import io.weekly.testing.TestServers;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database that answers but does not work. All timers and lanes of the application run. */
@QuarkusTest
@QuarkusTestResource(value = TestServers.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = BreakableDatabase.class, restrictToAnnotatedClass = true)
@TestProfile(DatabaseCheckTest.Profile.class)
class DatabaseCheckTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(40);
    /** Each lane, and most timers, use the database several times. */
    private static final Duration SEVERAL_INTERVALS = Duration.ofSeconds(4);

    /** A profile of its own, so that the application starts with this database. */
    public static final class Profile implements QuarkusTestProfile {

        /** The outages of these tests follow each other. */
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "weekly.database.max-quiet-time", "5s",
                    "weekly.queue.rescue-interval", "1s",
                    "weekly.schedule.tick-interval", "1s");
        }
    }

    enum Fault {
        READ_ONLY("SET GLOBAL read_only = ON", "SET GLOBAL read_only = OFF"),
        NO_RIGHTS("REVOKE ALL ON breakable.* FROM weekly; KILL USER weekly", "GRANT ALL ON breakable.* TO weekly"),
        NO_RIGHT_TO_INSERT("REVOKE INSERT ON breakable.* FROM weekly; KILL USER weekly", "GRANT INSERT ON breakable.* TO weekly"),
        OTHER_PASSWORD("ALTER USER weekly IDENTIFIED BY 'other'; KILL USER weekly", "ALTER USER weekly IDENTIFIED BY 's3cret-of-a-user'"),
        LOCKED("ALTER USER weekly ACCOUNT LOCK; KILL USER weekly", "ALTER USER weekly ACCOUNT UNLOCK");

        private final String breaks;
        private final String repair;

        Fault(String breaks, String repair) {
            this.breaks = breaks;
            this.repair = repair;
        }
    }

    @AfterEach
    void repair() {
        Stream.of(Fault.values()).map(fault -> fault.repair).forEach(BreakableDatabase::execute);
        BreakableDatabase.execute("ALTER USER weekly WITH MAX_USER_CONNECTIONS 0");
        awaitReady();
    }

    @ParameterizedTest
    @EnumSource
    void aDatabaseThatDoesNotWorkIsAwayAndTheOutageIsTwoLines(Fault fault) {
        awaitReady();
        try (var log = new LogLines()) {
            Stream.of(fault.breaks.split("; ")).forEach(BreakableDatabase::execute);
            await().atMost(TIMEOUT).until(() -> !log.lines().isEmpty());
            await().atMost(TIMEOUT).untilAsserted(() -> get("/q/health/ready").then()
                    .statusCode(503).body("checks.find { it.name == 'database' }.data.reason", equalTo("away")));
            Api.asOperator().contentType(ContentType.JSON).body(Api.tenant(Api.newSlug())).post(Api.TENANTS).then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .header("Retry-After", "5");
            var reads = fault == Fault.READ_ONLY || fault == Fault.NO_RIGHT_TO_INSERT;
            // The first request may still get a connection that was just killed.
            await().atMost(TIMEOUT).untilAsserted(() -> Api.asAdmin("nobody").get("/api/v1/reports").then().statusCode(reads ? 404 : 503));
            await().atMost(TIMEOUT).during(SEVERAL_INTERVALS).until(() -> log.lines().size() == 1);

            BreakableDatabase.execute(fault.repair);
            awaitReady();
            await().atMost(TIMEOUT).during(SEVERAL_INTERVALS).until(() -> log.lines().size() == 2);

            assertThat(log.lines()).satisfiesExactly(
                    away -> {
                        assertThat(away.level()).isIn("ERROR", "SEVERE");
                        assertThat(away.text()).startsWith("the database is away");
                    },
                    back -> assertThat(back.text()).startsWith("the database answers again"));
        }
        Api.newTenant();
    }

    @Test
    void aUserWithTooFewConnectionsIsAwayUntilItHasEnough() {
        awaitReady();
        try (var log = new LogLines()) {
            BreakableDatabase.execute("ALTER USER weekly WITH MAX_USER_CONNECTIONS 1");
            BreakableDatabase.execute("KILL USER weekly");

            await().atMost(TIMEOUT).until(() -> !log.lines().isEmpty());
            await().atMost(TIMEOUT).during(SEVERAL_INTERVALS).untilAsserted(() -> {
                assertThat(log.lines()).hasSize(1);
                get("/q/health/ready").then().statusCode(503);
            });
        }
    }

    private static void awaitReady() {
        await().atMost(TIMEOUT).untilAsserted(() -> get("/q/health/ready").then().statusCode(200));
    }
}
