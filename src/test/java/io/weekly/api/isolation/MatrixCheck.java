package io.weekly.api.isolation;

import io.weekly.api.isolation.Expectation.Cell;
import io.weekly.api.isolation.IsolationWorld.Caller;
import io.weekly.testing.ApiDocument;
import io.weekly.testing.ApiDocument.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Sends the requests of all callers to one operation, and collects what is not as declared. */
final class MatrixCheck {

    private static final List<Kind> KNOWN = List.of(
            Kind.COLLEAGUE, Kind.FOREIGN_VIEWER, Kind.FOREIGN_ADMIN, Kind.VIEWER, Kind.ADMIN, Kind.OPERATOR, Kind.AUDITOR);
    private static final Set<Kind> STRANGERS = Set.of(Kind.COLLEAGUE, Kind.FOREIGN_VIEWER, Kind.FOREIGN_ADMIN);
    private static final List<String> WITH_BLANKS = List.of("%s ", " %s", "%s\u00a0", "\u3000%s");

    private final IsolationWorld world;
    private final Expectation expectation;
    private final Operation operation;
    private final Call call;
    private final List<String> wrong = new ArrayList<>();

    MatrixCheck(IsolationWorld world, Expectation expectation) {
        this.world = world;
        this.expectation = expectation;
        operation = IsolationWorld.operation(expectation.operation());
        call = Call.of(operation, world.mine().values(expectation.thing()));
    }

    List<String> wrong() {
        var before = Snapshot.of(world.mine());
        nobodies();
        blanks();
        KNOWN.stream().filter(kind -> !changes(kind)).forEach(this::known);
        STRANGERS.forEach(this::cannotTellWhetherTheThingExists);
        auditorsSeeWhatOperatorsSee();
        expect(isRead() || before.equals(Snapshot.of(world.mine())), "a refused request changed something");
        KNOWN.stream().filter(this::changes).forEach(this::changing);
        expect(world.forged().fetches() == 0, "the service fetched a key from the address that a token named");
        return wrong;
    }

    /** Tokens that prove nothing are refused before all else, and the answer does not say why. */
    private void nobodies() {
        var answers = new HashSet<String>();
        for (var caller : world.nobodies(operation)) {
            var answer = checked(caller, call, world.mine());
            if (caller.kind() == Kind.INVALID && !operation.roles().isEmpty()) {
                expect("Bearer".equals(answer.header("WWW-Authenticate")), caller + ": WWW-Authenticate is missing");
                answers.add(answer.text());
            }
        }
        expect(answers.size() <= 1, "invalid tokens get different answers: " + answers);
    }

    private void blanks() {
        var variables = Call.variables(operation);
        var statuses = expectation.cell(Kind.BLANKS).statuses();
        if (statuses.size() != variables.size()) {
            wrong.add("blanks: the path has the ids %s, and the declaration the statuses %s".formatted(variables, statuses));
            return;
        }
        for (var kind : List.of(Kind.ADMIN, Kind.OPERATOR)) {
            if (operation.roles().contains(kind.column().replace("admin", "tenant-admin"))) {
                var caller = new Caller(Kind.BLANKS, kind.column(), world.known(kind, world.mine()).authorization());
                for (var i = 0; i < variables.size(); i++) {
                    withBlanks(caller, variables.get(i), statuses.get(i));
                }
            }
        }
    }

    private void withBlanks(Caller caller, String variable, int status) {
        for (var form : WITH_BLANKS) {
            var values = new HashMap<>(call.values());
            values.put(variable, form.formatted(values.get(variable)));
            var answer = Call.of(operation, values).send(caller.authorization());
            expect(answer.status() == status, "%s: %s is %d for '%s'".formatted(caller, variable, answer.status(), form));
        }
    }

    private boolean isRead() {
        return operation.method().equals("get");
    }

    /** Whether the caller is permitted to change something of the first tenant. Then it gets a tenant of its own. */
    private boolean changes(Kind kind) {
        return !isRead() && expectation.cell(kind).status() < 400 && kind.side() != Kind.Side.FOREIGN;
    }

    private void known(Kind kind) {
        checked(world.known(kind, world.mine()), visibleTo(kind, call), world.mine());
    }

    private void changing(Kind kind) {
        var tenant = MarkedTenant.create(world.things());
        checked(world.known(kind, tenant), Call.of(operation, tenant.values(expectation.thing())), tenant);
    }

    /** For callers that see all tenants, a list shows the newest things of all of them, unless it is filtered. */
    private Call visibleTo(Kind kind, Call request) {
        var canFilter = ApiDocument.get().parameters(operation, "query").stream().anyMatch(it -> it.get("name").asText().equals("tenant"));
        return canFilter && kind.side() == Kind.Side.EVERY_TENANT ? request.withQuery("?tenant=$slug") : request;
    }

    private Answer checked(Caller caller, Call request, MarkedTenant owner) {
        var answer = request.send(caller.authorization());
        var cell = expectation.cell(caller.kind());
        expect(answer.status() == cell.status(), "%s got %d from %s, and %d is declared: %s".formatted(
                caller, answer.status(), request, cell.status(), answer.text()));
        var own = caller.kind().side() == Kind.Side.FOREIGN ? world.theirs() : owner;
        for (var tenant : Stream.of(owner, world.mine(), world.theirs()).distinct().toList()) {
            var seen = answer.found(tenant.hiddenFrom(caller.kind(), own));
            expect(seen.isEmpty(), "%s saw %s in the answer to %s: %s".formatted(caller, seen, request, answer.text()));
        }
        expectShown(caller, cell, answer, owner);
        return answer;
    }

    /** Otherwise nobody would know whether the check of hidden texts can fail. */
    private void expectShown(Caller caller, Cell cell, Answer answer, MarkedTenant owner) {
        if (cell.shows()) {
            expect(!answer.found(owner.marks().all()).isEmpty(), "%s saw nothing of its tenant: %s".formatted(caller, answer.text()));
        }
    }

    /** What a caller may not see looks like what does not exist. */
    private void cannotTellWhetherTheThingExists(Kind kind) {
        if (expectation.cell(kind).status() >= 400) {
            var caller = world.known(kind, world.mine()).authorization();
            var answer = call.send(caller);
            var nowhere = Call.of(operation, world.mine().nowhere(kind)).send(caller);
            expect(answer.looksLike(nowhere), "%s can tell whether the thing exists: %d %s, else %d %s".formatted(
                    kind.column(), answer.status(), answer.text(), nowhere.status(), nowhere.text()));
        }
    }

    private void auditorsSeeWhatOperatorsSee() {
        if (isRead() && expectation.cell(Kind.AUDITOR).shows()) {
            var operators = visibleTo(Kind.OPERATOR, call).send(world.known(Kind.OPERATOR, world.mine()).authorization());
            var auditors = visibleTo(Kind.AUDITOR, call).send(world.known(Kind.AUDITOR, world.mine()).authorization());
            expect(auditors.looksLike(operators), "an auditor saw %s, and an operator %s".formatted(auditors.text(), operators.text()));
        }
    }

    private void expect(boolean right, String otherwise) {
        if (!right) {
            wrong.add(otherwise);
        }
    }
}
