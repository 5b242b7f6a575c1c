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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
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
        var described = described(operation -> true);

        assertThat(declared().filter(id -> !described.contains(id))).as("lines of expectations.txt without an operation").isEmpty();
        assertThat(described.stream().filter(id -> declared().noneMatch(id::equals)))
                .as("operations without a line in expectations.txt").isEmpty();
        assertThat(declared()).doesNotHaveDuplicates();
    }

    @Test
    void eachBodyIsDeclared() {
        var requests = Lines.of("requests.txt").stream().map(line -> line.split("\\s+")[0]).toList();

        assertThat(described(operation -> operation.json().has("requestBody") && Call.Template.of(operation.id()).body().isEmpty()))
                .as("operations with a body, which have none in requests.txt").isEmpty();
        assertThat(requests.stream().filter(id -> declared().noneMatch(id::equals)))
                .as("lines of requests.txt without an operation").isEmpty();
    }

    @Test
    void theRolesOfTheDescriptionAreTheDeclaredOnes() {
        var columns = new EnumMap<Kind, String>(Map.of(
                Kind.VIEWER, "viewer", Kind.ADMIN, "tenant-admin", Kind.OPERATOR, "operator", Kind.AUDITOR, "auditor"));
        var wrong = new ArrayList<String>();

        for (var expectation : Expectation.all()) {
            var roles = IsolationWorld.operation(expectation.operation()).roles();
            columns.forEach((kind, role) -> {
                if ((expectation.cell(kind).status() == 403) == roles.contains(role)) {
                    wrong.add("%s is described for %s, and declared %d for %s".formatted(
                            expectation.operation(), roles, expectation.cell(kind).status(), role));
                }
            });
        }

        assertThat(wrong).isEmpty();
    }

    private static List<String> described(Predicate<Operation> wanted) {
        return ApiDocument.get().operations().stream().filter(wanted).map(Operation::id).toList();
    }
}
