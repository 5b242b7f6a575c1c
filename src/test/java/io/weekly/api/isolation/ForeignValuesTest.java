package io.weekly.api.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.testing.ApiDocument;
import io.weekly.testing.ApiDocument.Operation;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Values of a tenant in filters, cursors, conditional requests and paths of callers that may not see it. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class ForeignValuesTest extends IsolationTest {

    private static final List<Kind> STRANGERS = List.of(Kind.COLLEAGUE, Kind.FOREIGN_VIEWER, Kind.FOREIGN_ADMIN);
    /** Parameters whose values name nothing of a tenant. A new parameter belongs here or into {@link MarkedTenant#filters}. */
    private static final Set<String> OTHER_PARAMETERS =
            Set.of("limit", "cursor", "period", "status", "state", "format", "definition", "from", "to", "action", "reason");

    @Test
    void aFilterWithAValueOfAnotherTenantFindsNothingOfIt() {
        var filters = tenants.mine().filters();
        for (var operation : ApiDocument.get().operations()) {
            for (var name : queryParameters(operation)) {
                assertThat(filters.containsKey(name) || OTHER_PARAMETERS.contains(name)).as("the parameter %s is known", name).isTrue();
                if (filters.containsKey(name)) {
                    var query = "?%s=%s".formatted(name, filters.get(name));
                    STRANGERS.forEach(kind -> assertShowsNothing(kind, ownCall(operation, kind).withQuery(query)));
                    assertShowsSomething(operation, query);
                }
            }
        }
    }

    @Test
    void aCursorOfAnotherTenantShowsNothingOfIt() {
        var tried = new ArrayList<String>();
        for (var operation : ApiDocument.get().operations()) {
            if (queryParameters(operation).contains("cursor") && operation.roles().contains("tenant-admin")) {
                var first = callFor(operation, tenants.mine()).withQuery("?limit=1").send(mine(Kind.ADMIN).authorization());
                var next = ApiDocument.read(first.text().getBytes(StandardCharsets.UTF_8)).path("next").textValue();
                if (next != null) {
                    tried.add(operation.id());
                    STRANGERS.forEach(kind -> assertShowsNothing(kind, ownCall(operation, kind).withQuery("?cursor=" + next)));
                }
            }
        }
        assertThat(tried).contains("listReports", "listRuns", "listRecipients", "listSchedules", "listAuditEvents", "listLinks");
    }

    @Test
    void anETagOfAnotherTenantGetsNo304() {
        var tried = new ArrayList<String>();
        for (var operation : ApiDocument.get().operations()) {
            if (operation.json().get("responses").has("304")) {
                tried.add(operation.id());
                assertGetsNo304(operation, Expectation.of(operation.id()).thing());
            }
        }
        assertThat(tried).contains("getReport", "getRun", "downloadFile", "findLogo", "getErasure");
        // While it is queued, the ETag of a report is made of other columns.
        assertGetsNo304(IsolationWorld.operation("getReport"), "queued-report");
    }

    private void assertGetsNo304(Operation operation, String thing) {
        var call = Call.of(operation, tenants.mine().values(thing));
        var tag = call.send(mine(Kind.ADMIN).authorization()).header("ETag");
        assertThat(ifNoneMatch(call, mine(Kind.ADMIN), tag).status()).as("%s with its ETag", call).isEqualTo(304);
        for (var kind : STRANGERS) {
            for (var condition : List.of(tag, "W/" + tag, "*", "\"x\", " + tag)) {
                var answer = ifNoneMatch(call, mine(kind), condition);
                assertThat(answer.status()).as("%s as %s with %s", call, kind, condition).isEqualTo(declared(operation, kind));
                assertThat(answer.header("ETag")).isEmpty();
            }
        }
        var own = Call.of(operation, tenants.theirs().values(thing));
        assertThat(ifNoneMatch(own, mine(Kind.FOREIGN_ADMIN), tag).status()).as("%s with the ETag of %s", own, call).isEqualTo(200);
    }

    private static Answer ifNoneMatch(Call call, Caller caller, String condition) {
        return call.send(caller.authorization(), Map.of("If-None-Match", condition));
    }

    /** The first id of the path is the caller's own: its tenant or its report. The other ids are those of another tenant's thing. */
    @Test
    void theIdOfAnotherTenantsThingIsUnknownInTheOwnOne() {
        var before = Snapshot.of(tenants.mine());
        var own = MarkedTenant.create(tenants.things());
        var tried = new ArrayList<String>();
        // To store a recipient creates one of the own tenant: a user id belongs to no tenant. The other operations come first.
        var operations = ApiDocument.get().operations().stream()
                .sorted(Comparator.comparing(operation -> operation.id().equals("putRecipient")))
                .toList();
        for (var operation : operations) {
            var variables = Call.variables(operation);
            if (variables.size() > 1 && !variables.contains("format")) {
                var values = new HashMap<>(callFor(operation, tenants.mine()).values());
                values.put(variables.getFirst(), callFor(operation, own).values().get(variables.getFirst()));
                var call = Call.of(operation, values);
                tried.add(operation.id());

                var answer = call.send(own.caller(Kind.ADMIN).authorization());

                assertThat(answer.status()).as(call.toString()).isEqualTo(operation.id().equals("putRecipient") ? 201 : 404);
                var hidden = new ArrayList<>(tenants.mine().marks().all());
                hidden.remove(tenants.mine().marks().ann());
                assertThat(answer.found(hidden)).as(call.toString()).isEmpty();
            }
        }
        assertThat(tried).contains("getRecipient", "getSchedule", "getErasure", "exportRecipient", "getLink", "revokeLink");
        assertThat(Snapshot.of(tenants.mine())).isEqualTo(before);
    }

    private Caller mine(Kind kind) {
        return tenants.known(kind, tenants.mine());
    }

    private static Call callFor(Operation operation, MarkedTenant tenant) {
        return Call.of(operation, tenant.values(Expectation.of(operation.id()).thing()));
    }

    /** The call for things of the caller's own tenant. */
    private Call ownCall(Operation operation, Kind kind) {
        return callFor(operation, kind == Kind.COLLEAGUE ? tenants.mine() : tenants.theirs());
    }

    private void assertShowsNothing(Kind kind, Call call) {
        var own = kind == Kind.COLLEAGUE ? tenants.mine() : tenants.theirs();
        var answer = call.send(mine(kind).authorization());
        assertThat(answer.status()).as("%s as %s", call, kind).isIn(200, 400, 403, 404);
        assertThat(answer.found(tenants.mine().hiddenFrom(kind, own))).as("%s as %s: %s", call, kind, answer.text()).isEmpty();
    }

    /** Whoever may see it finds it with this filter. */
    private void assertShowsSomething(Operation operation, String query) {
        if (Expectation.of(operation.id()).cell(Kind.ADMIN).shown() == Expectation.Shown.YES) {
            var call = callFor(operation, tenants.mine()).withQuery(query);
            assertThat(call.send(mine(Kind.ADMIN).authorization()).found(tenants.mine().marks().all())).as(call.toString()).isNotEmpty();
        }
    }

    private static int declared(Operation operation, Kind kind) {
        return Expectation.of(operation.id()).cell(kind).status();
    }

    private static List<String> queryParameters(Operation operation) {
        return ApiDocument.get().parameters(operation, "query").stream().map(it -> it.get("name").asText()).toList();
    }
}
