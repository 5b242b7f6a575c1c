package io.weekly.api.isolation;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asOperator;

import io.weekly.store.ReportStore;
import io.weekly.testing.ApiDocument;
import io.weekly.testing.ApiDocument.Operation;
import io.weekly.testing.ForgedTokens;
import io.weekly.testing.TestTokens;
import io.weekly.testing.World;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Two tenants with one of each thing, a tenant that has ended, and all callers. */
final class IsolationWorld {

    private final MarkedThings things;
    private final MarkedTenant mine;
    private final MarkedTenant theirs;
    private final MarkedTenant ended;
    private final ForgedTokens forged = new ForgedTokens();
    /** By the role that the tokens claim. A signature takes longer than a request. */
    private final Map<String, List<Caller>> nobodies = new HashMap<>();

    IsolationWorld(World world, ReportStore store) {
        things = new MarkedThings(world, store);
        ended = MarkedTenant.create(things);
        asOperator().delete(TENANTS + "/" + ended.slug()).then().statusCode(204);
        mine = MarkedTenant.create(things).withEachThing();
        theirs = MarkedTenant.create(things).withEachThing();
    }

    static Operation operation(String id) {
        return ApiDocument.get().operation(id)
                .orElseThrow(() -> new AssertionError("expectations.txt has %s, and the API description does not".formatted(id)));
    }

    /** The tenant whose things the callers ask for. */
    MarkedTenant mine() {
        return mine;
    }

    /** The other tenant. */
    MarkedTenant theirs() {
        return theirs;
    }

    MarkedThings things() {
        return things;
    }

    ForgedTokens forged() {
        return forged;
    }

    /** Those that are no caller of this operation: their tokens would permit it if they were accepted. */
    List<Caller> nobodies(Operation operation) {
        return nobodies(operation.roles().stream().findFirst().orElse("operator"));
    }

    /** @param role what their tokens claim */
    List<Caller> nobodies(String role) {
        return nobodies.computeIfAbsent(role, this::sign);
    }

    private List<Caller> sign(String role) {
        var callers = new ArrayList<Caller>();
        forged.authorizations(claims(role)).forEach((attack, value) -> callers.add(new Caller(Kind.INVALID, attack, value)));
        unfit().forEach((reason, claims) -> callers.add(Caller.of(Kind.UNFIT, reason, forged.signed(claims))));
        for (var slug : List.of("no-such-tenant", mine.slug().toUpperCase(Locale.ROOT))) {
            callers.add(Caller.of(Kind.UNKNOWN, "viewer of " + slug, TestTokens.viewer(slug, mine.ann())));
            callers.add(Caller.of(Kind.UNKNOWN, "admin of " + slug, TestTokens.tenantAdmin(slug, mine.admin())));
        }
        callers.add(Caller.of(Kind.ENDED, "viewer", TestTokens.viewer(ended.slug(), ended.ann())));
        callers.add(Caller.of(Kind.ENDED, "admin", TestTokens.tenantAdmin(ended.slug(), ended.admin())));
        return callers;
    }

    private Map<String, Object> claims(String role) {
        return switch (role) {
            case "viewer" -> ForgedTokens.claims(mine.ann(), Optional.of(mine.slug()), role);
            case "tenant-admin" -> ForgedTokens.claims(mine.admin(), Optional.of(mine.slug()), role);
            case "operator" -> ForgedTokens.claims("operator", Optional.empty(), role);
            default -> throw new AssertionError("the description names the role " + role);
        };
    }

    private Map<String, Map<String, Object>> unfit() {
        var viewer = claims("viewer");
        var admin = claims("tenant-admin");
        return Map.ofEntries(
                Map.entry("viewer without tenant", ForgedTokens.with(viewer, "tenant_id", null)),
                Map.entry("admin without tenant", ForgedTokens.with(admin, "tenant_id", null)),
                Map.entry("an empty tenant", ForgedTokens.with(admin, "tenant_id", "")),
                Map.entry("a list of tenants", ForgedTokens.with(admin, "tenant_id", List.of(mine.slug()))),
                Map.entry("a blank after the tenant", ForgedTokens.with(admin, "tenant_id", mine.slug() + " ")),
                Map.entry("a blank before the tenant", ForgedTokens.with(admin, "tenant_id", "\u00a0" + mine.slug())),
                Map.entry("a blank after the user", ForgedTokens.with(viewer, "sub", mine.ann() + " ")),
                Map.entry("a user of blanks", ForgedTokens.with(viewer, "sub", " ")),
                Map.entry("no role", ForgedTokens.with(admin, "groups", List.of())),
                Map.entry("an unknown role", ForgedTokens.with(admin, "groups", List.of("root", "Tenant-Admin"))),
                Map.entry("an operator with a tenant", ForgedTokens.with(admin, "groups", List.of("operator"))),
                Map.entry("an auditor with a tenant", ForgedTokens.with(admin, "groups", List.of("auditor", "viewer"))));
    }

    /** @param owner the tenant whose things are asked for */
    Caller known(Kind kind, MarkedTenant owner) {
        return switch (kind.side()) {
            case OWN -> owner.caller(kind);
            case FOREIGN -> theirs.caller(kind);
            case EVERY_TENANT -> kind == Kind.AUDITOR ? Caller.AUDITOR : Caller.OPERATOR;
            case NOBODY -> throw new AssertionError(kind + " has many callers");
        };
    }
}
