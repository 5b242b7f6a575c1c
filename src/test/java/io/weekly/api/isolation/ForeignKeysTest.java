package io.weekly.api.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.api.http.IdempotentRequests;
import io.weekly.testing.ApiDocument;
import io.weekly.testing.ApiDocument.Operation;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.TestTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An {@code Idempotency-Key} belongs to one caller of one tenant. Nobody else gets the answer that is stored under it. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class ForeignKeysTest extends IsolationTest {

    @Test
    void theKeyOfAnotherCallerRepeatsNoAnswer() {
        var tried = new ArrayList<String>();
        for (var operation : ApiDocument.get().operations()) {
            var headers = ApiDocument.get().parameters(operation, "header").stream().map(it -> it.get("name").asText());
            if (headers.anyMatch(IdempotentRequests.HEADER::equals)) {
                tried.add(operation.id());
                assertAnswerIsOfOneCaller(operation);
            }
        }
        assertThat(tried).contains("orderReport", "startRuns", "createRecipient", "createSchedule", "createTenant", "cancelReport");
    }

    private void assertAnswerIsOfOneCaller(Operation operation) {
        var id = operation.id();
        var thing = Expectation.of(id).thing();
        var owner = MarkedTenant.create(tenants.things());
        var other = MarkedTenant.create(tenants.things());
        var isForAdmins = operation.roles().contains("tenant-admin");
        var call = Call.of(operation, owner.values(thing));
        var caller = tenants.known(isForAdmins ? Kind.ADMIN : Kind.OPERATOR, owner);
        var key = Map.of(IdempotentRequests.HEADER, UUID.randomUUID().toString());

        var first = call.send(caller.authorization(), key);

        assertThat(first.status()).as(call.toString()).isBetween(200, 299);
        assertThat(call.send(caller.authorization(), key).header(IdempotentRequests.REPLAYED)).as("%s again", call).isEqualTo("true");
        for (var stranger : strangers(owner, other)) {
            assertNotRepeated(call.send(stranger.authorization(), key), owner, stranger, call);
        }
        if (isForAdmins) {
            var own = Call.of(operation, other.values(thing));
            var answer = own.send(tenants.known(Kind.ADMIN, other).authorization(), key);
            assertThat(answer.status()).as("%s with the key of %s", own, call).isEqualTo(first.status());
            assertNotRepeated(answer, owner, foreign(Kind.ADMIN, other), own);
        }
    }

    /** Users of the other tenant, among them one with the user id of the first caller; and others of the same tenant. */
    private List<Caller> strangers(MarkedTenant owner, MarkedTenant other) {
        return List.of(
                foreign(Kind.ADMIN, other),
                foreign(Kind.VIEWER, other),
                Caller.of(Kind.FOREIGN_ADMIN, "with the same user id", TestTokens.tenantAdmin(other.slug(), owner.admin())),
                tenants.known(Kind.COLLEAGUE, owner),
                Caller.of(Kind.ADMIN, "another", TestTokens.tenantAdmin(owner.slug(), "another-" + owner.admin())),
                Caller.of(Kind.OPERATOR, "with the user id of an admin", TestTokens.of(owner.admin(), Optional.empty(), "operator")),
                Caller.of(Kind.OPERATOR, "another", TestTokens.of("operator-2", Optional.empty(), "operator")));
    }

    private Caller foreign(Kind kind, MarkedTenant other) {
        return new Caller(Kind.FOREIGN_ADMIN, kind.column(), tenants.known(kind, other).authorization());
    }

    private static void assertNotRepeated(Answer answer, MarkedTenant owner, Caller caller, Call call) {
        assertThat(answer.header(IdempotentRequests.REPLAYED)).as("%s as %s", call, caller).isEmpty();
        if (caller.kind() == Kind.FOREIGN_ADMIN) {
            assertThat(answer.found(owner.marks().all())).as("%s as %s", call, caller).isEmpty();
        }
    }
}
