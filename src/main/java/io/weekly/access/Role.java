package io.weekly.access;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/** The role of a caller. The claim {@code groups} of a token names its roles. If it names several, the last one in this list counts. */
public enum Role {
    /** Sees its own reports and preferences. */
    VIEWER("viewer"),
    /** Sees and changes all of its tenant. */
    TENANT_ADMIN("tenant-admin"),
    /** Sees what an operator sees, and changes nothing. */
    AUDITOR("auditor"),
    /** Sees and changes every tenant, the queue and the audit trail. */
    OPERATOR("operator");

    /** What an operation does with the data. */
    public enum Action {
        READ,
        CHANGE
    }

    private final String group;

    Role(String group) {
        this.group = group;
    }

    /** Whether a caller with this role may make a call that is for the role {@code needed} and the roles above it. */
    public boolean permits(Role needed, Action action) {
        return this == AUDITOR ? action == Action.READ : compareTo(needed) >= 0;
    }

    /** Whether the role belongs to no tenant and sees all of them. */
    boolean isForEveryTenant() {
        return this == AUDITOR || this == OPERATOR;
    }

    /** The role as the claim and the audit trail name it. */
    String group() {
        return group;
    }

    /** The highest role among the groups of a token; empty if there is none. */
    static Optional<Role> highestOf(Collection<String> groups) {
        return Stream.of(values()).filter(role -> groups.contains(role.group)).reduce((lower, higher) -> higher);
    }
}
