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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Two tenants with one of each thing, a tenant that has ended, and all callers.
 *
 * @param mine the tenant whose things the callers ask for
 * @param theirs the other tenant
 */
record IsolationWorld(MarkedThings things, MarkedTenant mine, MarkedTenant theirs, MarkedTenant ended, ForgedTokens forged) {

    private static final String MAIL_OF_ADMINS = "boss@mail.test";

    static IsolationWorld create(World world, ReportStore store) {
        var things = new MarkedThings(world, store);
        var ended = MarkedTenant.create(things);
        asOperator().delete(TENANTS + "/" + ended.slug()).then().statusCode(204);
        return new IsolationWorld(
                things, MarkedTenant.create(things).withEachThing(), MarkedTenant.create(things).withEachThing(), ended,
                new ForgedTokens());
    }

    /** @param authorization the header; empty for a request without it */
    record Caller(Kind kind, String name, Optional<String> authorization) {

        static Caller of(Kind kind, String name, String token) {
            return new Caller(kind, name, Optional.of("Bearer " + token));
        }

        @Override
        public String toString() {
            return kind.column() + (name.isEmpty() ? "" : " (%s)".formatted(name));
        }
    }

    static Operation operation(String id) {
        return ApiDocument.get().operation(id)
                .orElseThrow(() -> new AssertionError("expectations.txt has %s, and the API description does not".formatted(id)));
    }

    /** Those that are no caller of this operation: their tokens would permit it if they were accepted. */
    List<Caller> nobodies(Operation operation) {
        var callers = new ArrayList<Caller>();
        forged.authorizations(mostModest(operation)).forEach((attack, value) -> callers.add(new Caller(Kind.INVALID, attack, value)));
        unfit().forEach((reason, claims) -> callers.add(Caller.of(Kind.UNFIT, reason, forged.signed(claims))));
        for (var slug : List.of("no-such-tenant", mine.slug().toUpperCase(Locale.ROOT))) {
            callers.add(Caller.of(Kind.UNKNOWN, "viewer of " + slug, TestTokens.viewer(slug, mine.ann())));
            callers.add(Caller.of(Kind.UNKNOWN, "admin of " + slug, TestTokens.tenantAdmin(slug, mine.admin())));
        }
        callers.add(Caller.of(Kind.ENDED, "viewer", TestTokens.viewer(ended.slug(), ended.ann())));
        callers.add(Caller.of(Kind.ENDED, "admin", TestTokens.tenantAdmin(ended.slug(), ended.admin())));
        return callers;
    }

    /** The claims of the lowest role that may call the operation. */
    private Map<String, Object> mostModest(Operation operation) {
        return switch (operation.roles().stream().findFirst().orElse("none")) {
            case "viewer" -> ForgedTokens.claims(mine.ann(), Optional.of(mine.slug()), "viewer");
            case "tenant-admin" -> admin();
            default -> operator();
        };
    }

    private Map<String, Object> admin() {
        return ForgedTokens.claims(mine.admin(), Optional.of(mine.slug()), "tenant-admin");
    }

    private static Map<String, Object> operator() {
        return ForgedTokens.claims("operator", Optional.empty(), "operator");
    }

    private Map<String, Map<String, Object>> unfit() {
        var viewer = ForgedTokens.claims(mine.ann(), Optional.of(mine.slug()), "viewer");
        return Map.ofEntries(
                Map.entry("viewer without tenant", ForgedTokens.with(viewer, "tenant_id", null)),
                Map.entry("admin without tenant", ForgedTokens.with(admin(), "tenant_id", null)),
                Map.entry("an empty tenant", ForgedTokens.with(admin(), "tenant_id", "")),
                Map.entry("a list of tenants", ForgedTokens.with(admin(), "tenant_id", List.of(mine.slug()))),
                Map.entry("a blank after the tenant", ForgedTokens.with(admin(), "tenant_id", mine.slug() + " ")),
                Map.entry("a blank before the tenant", ForgedTokens.with(admin(), "tenant_id", "\u00a0" + mine.slug())),
                Map.entry("a blank after the user", ForgedTokens.with(viewer, "sub", mine.ann() + " ")),
                Map.entry("a user of blanks", ForgedTokens.with(viewer, "sub", " ")),
                Map.entry("no role", ForgedTokens.with(admin(), "groups", List.of())),
                Map.entry("an unknown role", ForgedTokens.with(admin(), "groups", List.of("root", "Tenant-Admin"))),
                Map.entry("an operator with a tenant", ForgedTokens.with(admin(), "groups", List.of("operator"))),
                Map.entry("an auditor with a tenant", ForgedTokens.with(admin(), "groups", List.of("auditor", "viewer"))));
    }

    /** @param owner the tenant whose things are asked for */
    Caller known(Kind kind, MarkedTenant owner) {
        return Caller.of(kind, "", switch (kind) {
            case VIEWER -> TestTokens.viewer(owner.slug(), owner.ann());
            case COLLEAGUE -> TestTokens.viewer(owner.slug(), owner.bob());
            case ADMIN -> TestTokens.withEmail(MAIL_OF_ADMINS, owner.admin(), Optional.of(owner.slug()), "tenant-admin");
            case FOREIGN_VIEWER -> TestTokens.viewer(theirs.slug(), theirs.ann());
            case FOREIGN_ADMIN -> TestTokens.withEmail(MAIL_OF_ADMINS, theirs.admin(), Optional.of(theirs.slug()), "tenant-admin");
            case OPERATOR -> TestTokens.withEmail(MAIL_OF_ADMINS, "operator", Optional.empty(), "operator");
            case AUDITOR -> TestTokens.auditor();
            default -> throw new AssertionError(kind + " has many callers");
        });
    }
}
