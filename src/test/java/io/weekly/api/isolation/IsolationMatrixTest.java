package io.weekly.api.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.testing.ApiDocument;
import io.weekly.testing.ApiDocument.Operation;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each operation of the API description against each kind of caller, see {@code src/test/resources/isolation/expectations.txt}. A new
 * operation needs a line there, and one in {@code requests.txt} if it has a body.
 */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class IsolationMatrixTest extends IsolationTest {

    private static final String FOLDER = "src/test/resources/isolation/";

    static Stream<String> declared() {
        return Expectation.all().stream().map(Expectation::operation);
    }

    @ParameterizedTest
    @MethodSource("declared")
    void eachCallerGetsWhatTheOperationDeclares(String operation) {
        assertThat(new MatrixCheck(tenants, Expectation.of(operation)).wrong()).as(operation).isEmpty();
    }

    @Test
    void eachOperationIsDeclaredOnce() {
        var missing = ApiDocument.get().operations().stream().filter(operation -> declared().noneMatch(operation.id()::equals)).toList();

        assertThat(missing).as("Add a line to %sexpectations.txt, if it is right:\n%s", FOLDER, lines(missing)).isEmpty();
        assertThat(declared()).as("lines of expectations.txt").doesNotHaveDuplicates()
                .isSubsetOf(ApiDocument.get().operations().stream().map(Operation::id).toList());
    }

    private static String lines(List<Operation> missing) {
        return String.join("\n", missing.stream().map(Expectation::proposed).toList());
    }

    @Test
    void eachBodyIsDeclared() {
        var missing = ApiDocument.get().operations().stream()
                .filter(operation -> operation.json().has("requestBody") && Call.Template.of(operation.id()).body().isEmpty())
                .map(operation -> "%s - %s {}".formatted(
                        operation.id(), operation.json().at("/requestBody/content").fieldNames().next()))
                .toList();

        assertThat(missing).as("Add a line with a valid body to %srequests.txt", FOLDER).isEmpty();
        assertThat(Call.Template.operations()).as("operations in requests.txt").isSubsetOf(declared().toList());
    }

    @Test
    void theRolesOfTheDescriptionAreTheDeclaredOnes() {
        var wrong = new ArrayList<String>();

        for (var expectation : Expectation.all()) {
            var roles = IsolationWorld.operation(expectation.operation()).roles();
            if (roles.isEmpty() != expectation.isForEveryone()) {
                wrong.add("%s is described for %s, and declared for %s".formatted(
                        expectation.operation(), roles, expectation.isForEveryone() ? "everyone" : "some roles"));
            }
            for (var kind : List.of(Kind.VIEWER, Kind.ADMIN, Kind.OPERATOR, Kind.AUDITOR)) {
                var status = expectation.cell(kind).status();
                if (!expectation.isForEveryone() && (status == 403) == roles.contains(kind.role())) {
                    wrong.add("%s is described for %s, and declared %d for %s".formatted(
                            expectation.operation(), roles, status, kind.role()));
                }
            }
        }

        assertThat(wrong).isEmpty();
    }
}
