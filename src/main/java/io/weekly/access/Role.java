package io.weekly.access;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/** The role of a caller. Each role includes the roles before it. The claim {@code groups} of the token names them. */
public enum Role {
    /** Sees its own reports and preferences. */
    VIEWER("viewer"),
    /** Sees and changes all of its tenant. */
    TENANT_ADMIN("tenant-admin"),
    /** Sees and changes every tenant, the queue and the audit trail. */
    OPERATOR("operator");

    private final String group;

    Role(String group) {
        this.group = group;
    }

    /** Whether this role permits what the other role permits. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** The highest role among the groups of a token; empty if there is none. */
    static Optional<Role> highestOf(Collection<String> groups) {
        return Stream.of(values()).filter(role -> groups.contains(role.group)).reduce((lower, higher) -> higher);
    }
}
