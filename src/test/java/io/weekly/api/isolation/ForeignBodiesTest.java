package io.weekly.api.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ids of another tenant in bodies, sent by a tenant-admin to its own tenant. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class ForeignBodiesTest extends IsolationTest {

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
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
        orderReport | {"definition": "weekly-business", "recipient": "$userId", "tenant": "$foreign"}
        orderReport | {"definition": "weekly-business", "recipient": "$userId", "tenant": " $foreign"}
        testSend    | {"recipient": "$userId", "tenant": "$foreign"}
        startRuns   | {"definition": "weekly-business", "period": "2026-W38", "tenants": ["$slug", "$foreign"]}
        startRuns   | {"definition": "weekly-business", "period": "2026-W38", "tenants": ["$foreign"]}
        startRuns   | {"definition": "weekly-business", "period": "2026-W38", "tenants": ["$foreign "]}""")
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

        var created = send("createRecipient", "{\"userId\": \"$foreign\", \"name\": \"New\", \"email\": \"new@mail.test\"}", foreign);
        var uploaded = send("uploadRecipients", "{\"userId\": \"$foreign\", \"name\": \"Newer\", \"email\": \"new@mail.test\"}", foreign);

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text()).doesNotContain(foreign.substring(2) + "@", "Name " + foreign.substring(2));
        assertThat(uploaded.status()).isEqualTo(200);
        assertThat(Snapshot.of(tenants.theirs())).isEqualTo(before);
    }

    /** Sends the body as the tenant-admin of the first tenant. */
    private Answer send(String operation, String body, String foreign) {
        var values = new HashMap<>(tenants.mine().values("-"));
        values.put("foreign", foreign);
        return Call.of(IsolationWorld.operation(operation), values).withBody(body)
                .send(tenants.known(Kind.ADMIN, tenants.mine()).authorization());
    }
}
