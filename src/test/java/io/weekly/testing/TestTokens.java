package io.weekly.testing;

import io.weekly.dev.DevKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** JWTs like those of the platform, signed with the key that {@link TestServers} gives to the application. */
public final class TestTokens {
    private TestTokens() {
    }

    public static String viewer(String tenant, String user) {
        return of(user, Optional.of(tenant), "viewer");
    }

    public static String tenantAdmin(String tenant, String user) {
        return of(user, Optional.of(tenant), "tenant-admin");
    }

    public static String operator() {
        return of("operator", Optional.empty(), "operator");
    }

    public static String auditor() {
        return of("auditor", Optional.empty(), "auditor");
    }

    public static String of(String user, Optional<String> tenant, String... roles) {
        return keys().mint(user, tenant, Set.of(roles), DevKeys.VALID);
    }

    public static String withEmail(String email, String user, Optional<String> tenant, String role) {
        return keys().mint(user, tenant, Optional.of(email), Set.of(role), DevKeys.VALID);
    }

    public static String expired(String tenant, String user) {
        return keys().mint(user, Optional.of(tenant), Set.of("viewer"), Duration.ofHours(-1));
    }

    static DevKeys keys() {
        return DevKeys.in(Path.of(System.getProperty(TestServers.FOLDER), "keys"));
    }
}
