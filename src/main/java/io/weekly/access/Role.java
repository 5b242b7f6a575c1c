package io.weekly.access;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/** What a caller may do; each role includes those before it. A token's {@code groups} name them. */
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

    /** Whether whoever has this role may do what the other is needed for. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }

    /** The highest role among a token's groups; empty where none of them is ours. */
    static Optional<Role> highestOf(Collection<String> groups) {
        return Stream.of(values()).filter(role -> groups.contains(role.group)).reduce((lower, higher) -> higher);
    }
}
