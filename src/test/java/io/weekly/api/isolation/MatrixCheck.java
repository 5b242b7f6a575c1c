package io.weekly.api.isolation;

import io.weekly.api.isolation.Expectation.Cell;
import io.weekly.api.isolation.Expectation.Shown;
import io.weekly.testing.ApiDocument;
import io.weekly.testing.ApiDocument.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Sends the requests of all callers to one operation, and collects what is not as declared. */
final class MatrixCheck {

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
        var before = isRead() ? Snapshot.NONE : Snapshot.of(world.mine());
        nobodies();
        blanks();
        Kind.columns().stream().filter(kind -> !changes(kind)).forEach(this::known);
        STRANGERS.forEach(this::cannotTellWhetherTheThingExists);
        auditorsSeeWhatOperatorsSee();
        expect(isRead() || before.equals(Snapshot.of(world.mine())), "a refused request changed something");
        Kind.columns().stream().filter(this::changes).forEach(this::changing);
        expect(world.forged().fetches() == 0, "the service fetched a key from the address that a token named");
        return wrong;
    }

    /** Tokens that prove nothing are refused before all else, and the answer does not say why. */
    private void nobodies() {
        var answers = new HashSet<String>();
        for (var caller : world.nobodies(operation)) {
            var answer = checked(caller, call, world.mine());
            if (expectation.isForEveryone()) {
                changesNothing(caller, answer);
            } else if (caller.kind() == Kind.INVALID) {
                expect("Bearer".equals(answer.header("WWW-Authenticate")), caller + ": WWW-Authenticate is missing");
                answers.add(answer.text());
            }
        }
        expect(answers.size() <= 1, "invalid tokens get different answers: " + answers);
    }

    /** The token of a caller makes no difference, whether the thing exists or not. */
    private void changesNothing(Caller caller, Answer answer) {
        expect(answer.looksLike(call.send(Optional.empty())), caller + " got another answer than without a token: " + answer.text());
        var nowhere = Call.of(operation, world.mine().nowhere(caller.kind()));
        expect(nowhere.send(caller.authorization()).looksLike(nowhere.send(Optional.empty())),
                caller + " got another answer for a thing that does not exist");
    }

    private void blanks() {
        var variables = Call.variables(operation);
        var statuses = expectation.blanks();
        if (statuses.size() != variables.size()) {
            wrong.add("blanks: the path has the ids %s, and the declaration the statuses %s".formatted(variables, statuses));
            return;
        }
        for (var kind : List.of(Kind.ADMIN, Kind.OPERATOR)) {
            if (expectation.isForEveryone() || operation.roles().contains(kind.role())) {
                for (var i = 0; i < variables.size(); i++) {
                    withBlanks(world.known(kind, world.mine()), variables.get(i), statuses.get(i));
                }
            }
        }
    }

    private void withBlanks(Caller caller, String variable, int status) {
        for (var form : WITH_BLANKS) {
            var values = new HashMap<>(call.values());
            values.put(variable, form.formatted(values.get(variable)));
            var answer = Call.of(operation, values).send(caller.authorization());
            expect(answer.status() == status, "blanks: %s got %d, and %d is declared, for the %s '%s'".formatted(
                    caller, answer.status(), status, variable, values.get(variable)));
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
        var caller = world.known(kind, world.mine());
        var request = visibleTo(kind, call);
        var answer = checked(caller, request, world.mine());
        if (isRead()) {
            var head = request.head(caller.authorization());
            expect(head.status() == answer.status(),
                    "%s got %d from HEAD, and %d from GET".formatted(caller, head.status(), answer.status()));
        }
        if (expectation.isForEveryone()) {
            changesNothing(caller, answer);
        }
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
        // A file that is open to everyone shows what its owner sees.
        var kind = expectation.isForEveryone() ? Kind.VIEWER : caller.kind();
        var own = kind.side() == Kind.Side.FOREIGN ? world.theirs() : owner;
        for (var tenant : Stream.of(owner, world.mine(), world.theirs()).distinct().toList()) {
            var seen = answer.found(tenant.hiddenFrom(kind, own));
            expect(seen.isEmpty(), "%s saw %s of another tenant or user in the answer to %s: %s".formatted(
                    caller, seen, request, answer.text()));
        }
        expectShown(caller, cell, answer, owner);
        return answer;
    }

    /** What is shown has to be declared. That it is shown proves that the check of hidden texts can fail. */
    private void expectShown(Caller caller, Cell cell, Answer answer, MarkedTenant owner) {
        var shown = answer.found(owner.marks().all());
        var maySee = caller.kind().side() == Kind.Side.OWN || caller.kind().side() == Kind.Side.EVERY_TENANT;
        if (answer.status() == cell.status()) {
            expect(shown.isEmpty() || cell.shown() != Shown.NO || !maySee, "%s saw %s, and no ! is declared: %s".formatted(
                    caller, shown, answer.text()));
            expect(!shown.isEmpty() || cell.shown() != Shown.YES, "%s saw nothing of its tenant, and ! is declared: %s".formatted(
                    caller, answer.text()));
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
        if (isRead() && expectation.cell(Kind.AUDITOR).shown() == Shown.YES && !expectation.isForEveryone()) {
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
