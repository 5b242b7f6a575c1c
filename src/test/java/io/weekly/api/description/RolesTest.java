package io.weekly.api.description;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.testing.ApiDocument;
import io.weekly.testing.ApiDocument.Operation;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * The roles that the description names, in words and as a requirement of the token. {@code IsolationMatrixTest} checks that the service
 * accepts these roles and no others.
 */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class RolesTest {

    @Test
    void eachOperationDescribesItsRolesInWords() {
        Function<String, Operation> named = id -> ApiDocument.get().operation(id).orElseThrow();

        for (var verb : List.of("cancelReport", "retryReport", "deliverReport", "startRuns")) {
            assertThat(named.apply(verb).roles()).as(verb).containsExactly("tenant-admin", "operator");
            assertThat(named.apply(verb).json().get("description").asText()).endsWith("For tenant-admins and operators.");
        }
        assertThat(named.apply("getQueue").roles()).containsExactly("operator", "auditor");
        assertThat(named.apply("getQueue").json().get("description").asText()).endsWith("For operators and auditors.");
        assertThat(named.apply("createTenant").json().get("description").asText()).endsWith("For operators.");
        assertThat(named.apply("getReport").roles()).containsExactly("viewer", "tenant-admin", "operator", "auditor");
    }
}
