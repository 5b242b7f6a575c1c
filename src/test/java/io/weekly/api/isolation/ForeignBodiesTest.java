package io.weekly.api.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.testing.Api;
import io.weekly.testing.ApiDocument;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ids of another tenant in bodies, sent by a tenant-admin to its own tenant. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class ForeignBodiesTest extends IsolationTest {

    /** Fields whose values are ids. Tags and addresses of mail belong to no tenant. */
    private static final Set<String> NAME_SOMETHING = Set.of("recipient", "tenant", "tenants", "userId", "slug", "id");
    private static final Set<String> NAME_NOTHING = Set.of(
            "action", "active", "address", "approval", "audience", "brand", "catchUp", "createdAt", "day", "definition", "deliver",
            "delivery", "detail", "dimension", "email", "enabled", "events", "failingSince", "fallbackAddress", "format", "formats",
            "from", "lastError", "linkTtlDays", "List-Unsubscribe", "locale", "metric", "name", "nextRunAt", "owner", "ownerProblem",
            "paused", "pausedUntil", "pdfPassword", "pdfProtected", "period", "previousSecretUntil", "reason", "retentionDays",
            "revision", "secret", "sender", "state", "tags", "time", "to", "ttlSeconds", "unfinished", "unsubscribed",
            "unsubscribedFromAll", "url", "value", "warnings", "weekday", "windowMinutes", "zone");

    /** {@code $foreign} is a recipient of the other tenant; the answer is the same for a recipient that exists nowhere. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
        orderReport | 422 | {"definition": "weekly-business", "recipient": "$foreign"}
        orderReport | 422 | {"definition": "weekly-business", "recipient": "$foreign", "tenant": "$slug"}
        testSend    | 422 | {"recipient": "$foreign"}
        testSend    | 422 | {"recipient": "$foreign", "tenant": "$slug"}""")
    void aRecipientOfAnotherTenantIsUnknown(String operation, int status, String body) {
        var answer = send(operation, body, tenants.theirs().ann());

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.looksLike(send(operation, body, "u-nobody"))).as(answer.text()).isTrue();
        assertThat(send(operation, body, tenants.mine().ann()).status()).as("its own recipient").isEqualTo(202);
    }

    /** {@code $foreign} is the other tenant; the answer is the same for a tenant that does not exist. */
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
        orderReport | {"definition": "weekly-business", "recipient": "$userId", "tenant": "$foreign"}
        orderReport | {"definition": "weekly-business", "recipient": "$userId", "tenant": " $foreign"}
        testSend    | {"recipient": "$userId", "tenant": "$foreign"}
        startRuns   | {"definition": "weekly-business", "period": "2026-W38", "tenants": ["$slug", "$foreign"]}
        startRuns   | {"definition": "weekly-business", "period": "2026-W38", "tenants": ["$foreign"]}
        startRuns   | {"definition": "weekly-business", "period": "2026-W38", "tenants": ["$foreign "]}""")
    @ParameterizedTest
    void anotherTenantIsUnknown(String operation, String body) {
        var before = Snapshot.of(tenants.theirs());
        var own = Snapshot.of(tenants.mine());

        var answer = send(operation, body, tenants.theirs().slug());

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.looksLike(send(operation, body, "no-such-tenant"))).as(answer.text()).isTrue();
        assertThat(Snapshot.of(tenants.theirs())).isEqualTo(before);
        assertThat(Snapshot.of(tenants.mine())).as("nothing is done for the own tenant either").isEqualTo(own);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
        orderReport     | {"definition": "weekly-business", "recipient": "$userId "}
        testSend        | {"recipient": " $userId"}
        createRecipient | {"userId": "$userId ", "name": "Ann", "email": "ann@mail.test"}""")
    void anIdWithBlanksAtItsEndsIsNotTheRecipient(String operation, String body) {
        assertThat(send(operation, body, "").status()).isEqualTo(422);
    }

    /** A user id belongs to no tenant: each tenant has its own recipient with it. */
    @Test
    void aRecipientWithTheUserIdOfAnotherTenantsRecipientIsAnotherOne() {
        var before = Snapshot.of(tenants.theirs());
        var foreign = tenants.theirs().bob();

        var owner = MarkedTenant.create(tenants.things());
        var body = "{\"userId\": \"$foreign\", \"name\": \"New\", \"email\": \"new@mail.test\"}";
        var created = send(owner, "createRecipient", body, foreign);
        var uploaded = send(owner, "uploadRecipients", body.replace("New", "Newer"), foreign);

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text()).doesNotContain(foreign.substring(2) + "@", "Name " + foreign.substring(2));
        assertThat(uploaded.status()).isEqualTo(200);
        assertThat(Snapshot.of(tenants.theirs())).isEqualTo(before);
    }

    /** An id that the service gives, or that is in the path already, is not read from the body. */
    @ParameterizedTest
    @CsvSource({"createSchedule, id", "replaceSchedule, id", "putRecipient, userId"})
    void anIdInABodyThatDoesNotBelongThereChangesNothing(String operation, String field) {
        var before = Snapshot.of(tenants.theirs());
        var owner = MarkedTenant.create(tenants.things());
        var foreign = field.equals("id") ? tenants.theirs().thing("schedule") : tenants.theirs().ann();
        var call = Call.of(IsolationWorld.operation(operation), owner.values(Expectation.of(operation).thing()));
        var body = Api.withField(call.body(), field, "\"%s\"".formatted(foreign));

        var answer = call.withBody(body).send(owner.caller(Kind.ADMIN).authorization());

        assertThat(answer.status()).isIn(200, 201, 422);
        assertThat(answer.found(tenants.theirs().marks().all())).as(answer.text()).isEmpty();
        assertThat(Snapshot.of(tenants.theirs())).isEqualTo(before);
    }

    /** A new field belongs to one of these two, and to a test of this class if it names something of a tenant. */
    @Test
    void eachFieldIsKnown() {
        var known = new HashSet<>(NAME_SOMETHING);
        known.addAll(NAME_NOTHING);
        var unknown = new TreeSet<String>();

        for (var operation : ApiDocument.get().operations()) {
            ApiDocument.get().resolve(operation.json().path("requestBody")).path("content").forEach(content -> ApiDocument.get()
                    .resolve(content.path("schema")).path("properties").fieldNames()
                    .forEachRemaining(field -> unknown.add(field)));
        }
        unknown.removeAll(known);

        assertThat(unknown).isEmpty();
    }

    /** Sends the body as the tenant-admin of the first tenant. */
    private Answer send(String operation, String body, String foreign) {
        return send(tenants.mine(), operation, body, foreign);
    }

    private static Answer send(MarkedTenant owner, String operation, String body, String foreign) {
        var values = new HashMap<>(owner.values("-"));
        values.put("foreign", foreign);
        return Call.of(IsolationWorld.operation(operation), values).withBody(body).send(owner.caller(Kind.ADMIN).authorization());
    }
}
