package io.weekly.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.weekly.access.Role.Action;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoleTest {

    @Test
    void anAuditorReadsWhatAnOperatorReadsAndChangesNothing() {
        for (var needed : Role.values()) {
            assertThat(Role.AUDITOR.permits(needed, Action.READ)).as("reads " + needed).isTrue();
            assertThat(Role.AUDITOR.permits(needed, Action.CHANGE)).as("changes " + needed).isFalse();
        }
    }

    @Test
    void eachOtherRolePermitsWhatTheLowerRolesPermit() {
        var roles = List.of(Role.VIEWER, Role.TENANT_ADMIN, Role.OPERATOR);
        for (var role : roles) {
            for (var needed : roles) {
                for (var action : Action.values()) {
                    assertThat(role.permits(needed, action)).isEqualTo(roles.indexOf(role) >= roles.indexOf(needed));
                }
            }
        }
    }

    @Test
    void theHighestRoleOfATokenCounts() {
        assertThat(Role.highestOf(List.of("viewer", "other", "tenant-admin"))).contains(Role.TENANT_ADMIN);
        assertThat(Role.highestOf(List.of("auditor", "operator"))).contains(Role.OPERATOR);
        assertThat(Role.highestOf(List.of("auditor", "viewer"))).contains(Role.AUDITOR);
        assertThat(Role.highestOf(List.of("Operator", "operator "))).isEmpty();
    }
}
