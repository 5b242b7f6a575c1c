package io.weekly.api.isolation;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asNdjson;
import static io.weekly.testing.Api.asViewer;

import io.weekly.api.isolation.MarkedThings.Marks;
import io.weekly.testing.Api;
import io.weekly.testing.TestReports;
import io.weekly.testing.TestTokens;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A tenant with two viewers. Each of its texts, ids and figures contains a marker: a text that nothing else contains. So a response that
 * contains a marker shows something of this tenant.
 */
final class MarkedTenant {

    private static final String DEFINITION = "weekly-business";
    private static final String NO_ID = "0123456789abcdef0123456789abcdef";
    private static final String NO_TOKEN = "1.test.%s.%s".formatted(NO_ID, "A".repeat(43));

    private final Marks marks = new Marks(marker(), marker(), marker());
    private final Map<String, String> ids = new HashMap<>();
    private final Map<Kind, Caller> callers = new EnumMap<>(Kind.class);
    private final MarkedThings things;

    private MarkedTenant(MarkedThings things) {
        this.things = things;
    }

    /** A new tenant with two recipients, and nothing else. */
    static MarkedTenant create(MarkedThings things) {
        var tenant = new MarkedTenant(things);
        var mark = tenant.marks.tenant();
        var body = Api.tenant(tenant.slug());
        body.put("name", "Name " + mark);
        body.put("sender", Map.of("name", "Sender " + mark, "replyTo", mark + "@reply.test"));
        body.put("fallbackAddress", mark + "@fallback.test");
        Http.post(TENANTS, Caller.OPERATOR.authorization(), MarkedThings.json(body), 201);
        for (var person : List.of(tenant.marks.ann(), tenant.marks.bob())) {
            var recipient = Map.of(
                    "userId", "u-" + person, "name", "Name " + person, "email", person + "@mail.test", "tags", List.of(person));
            var recipients = "%s/%s/recipients".formatted(TENANTS, tenant.slug());
            Http.post(recipients, Caller.OPERATOR.authorization(), MarkedThings.json(recipient), 201);
        }
        return tenant;
    }

    /** Long enough that it is not in an id or a hash by chance. */
    private static String marker() {
        return "zz" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 58, 1L << 59), 36);
    }

    /** The tenant with one of each thing, so that its lists are not empty. */
    MarkedTenant withEachThing() {
        List.of("schedule", "second-schedule", "report", "queued-report", "failed-report", "report-of-bob", "run", "held-run", "logo",
                        "linked-report", "mailed-report", "suppression", "erasure", "webhook-with-message")
                .forEach(this::thing);
        var figures = "{\"metric\": \"revenue\", \"day\": \"2026-11-20\", \"value\": %s}".formatted(marks.figure());
        asNdjson(slug()).body(figures.getBytes()).post(TENANTS + "/" + slug() + "/metrics").then().statusCode(200);
        return this;
    }

    String slug() {
        return "t-" + marks.tenant();
    }

    String ann() {
        return "u-" + marks.ann();
    }

    String bob() {
        return "u-" + marks.bob();
    }

    String admin() {
        return "admin-" + marks.tenant();
    }

    Marks marks() {
        return marks;
    }

    /** The id of the tenant's thing of this kind, which is created when it is needed. */
    String thing(String kind) {
        if (!ids.containsKey(kind)) {
            ids.put(kind, create(kind));
        }
        return ids.get(kind);
    }

    private String create(String kind) {
        return switch (kind) {
            case "schedule", "second-schedule" -> marks.ofTenant(things.schedule(slug(), schedule()));
            case "run" -> marks.ofTenant(TestReports.startedRun(slug(), "2026-W40"));
            case "held-run" -> marks.ofTenant(things.held(TestReports.startedRun(slug(), "2026-W41")));
            case "queued-report" -> marks.ofAnn(order(ann()));
            case "report" -> marks.ofAnn(things.delivered(order(ann()), marks));
            case "failed-report" -> marks.ofAnn(things.failed(order(ann()), marks.ann()));
            case "linked-report" -> linked(create("report"));
            case "erasure" -> marks.ofTenant(things.erased(slug(), "eve-" + marks.tenant()));
            case "mailed-report" -> mailed(create("report"));
            case "suppression" -> marks.ofTenant(things.suppression(slug(), marks.tenant()));
            case "webhook" -> marks.ofTenant(things.webhook(slug()));
            case "webhook-with-message" -> withMessage(create("webhook"));
            case "report-of-bob" -> marks.ofBob(order(bob()));
            case "logo" -> things.logo(slug(), marks.tenant());
            case "-" -> "none";
            default -> throw new AssertionError("expectations.txt: %s is no thing that the test can create".formatted(kind));
        };
    }

    private String order(String user) {
        return TestReports.order(asViewer(slug(), user), Map.of("deliver", true)).statusCode(202).extract().path("id");
    }

    /** The report with a link to its file. */
    private String linked(String report) {
        // Two, so that a page of one has a cursor.
        marks.ofAnn(things.link(caller(Kind.ADMIN), report).id());
        var link = things.link(caller(Kind.ADMIN), report);
        ids.put("link", marks.ofAnn(link.id()));
        ids.put("token", link.token());
        return report;
    }

    private String owner() {
        return marks.tenant() + "@owner.test";
    }

    /** The report with the address to unsubscribe in its mail. */
    private String mailed(String report) {
        ids.put("unsubscribe", things.unsubscribeToken(report));
        return report;
    }

    /** The endpoint with a message that nobody sends. */
    private String withMessage(String webhook) {
        // Two, so that a page of one has a cursor.
        marks.ofTenant(things.message(slug(), webhook));
        ids.put("message", marks.ofTenant(things.message(slug(), webhook)));
        return webhook;
    }

    private Map<String, Object> schedule() {
        var schedule = Api.schedule();
        schedule.put("owner", owner());
        schedule.put("audience", Map.of("tags", List.of(marks.tenant())));
        return schedule;
    }

    /** The values of filters in queries that name something of this tenant, by the name of the parameter. */
    Map<String, String> filters() {
        return Map.of(
                "tenant", slug(), "recipient", ann(), "run", thing("run"), "actor", "user:" + ann(), "audience", marks.ann(),
                "address", "gone-%s@mail.test".formatted(marks.tenant()));
    }

    /** The values of variables in paths, queries and bodies. {@code kind} is the thing that {@code id} names. */
    Map<String, String> values(String kind) {
        var values = new HashMap<>(Map.of(
                "slug", slug(), "userId", ann(), "id", thing(kind), "name", DEFINITION, "format", "csv", "lane", "generate"));
        values.put("newSlug", Api.newSlug());
        values.put("newUserId", marker() + "-" + marks.tenant());
        values.put("lastWeek", TestReports.lastWeek());
        values.put("schedule", MarkedThings.json(schedule()));
        values.put("owner", owner());
        values.put("linkId", ids.getOrDefault("link", NO_ID));
        values.put("token", ids.getOrDefault(kind.equals("mailed-report") ? "unsubscribe" : "token", NO_TOKEN));
        values.put("newAddress", marker() + "-" + marks.tenant() + "@mail.test");
        values.put("messageId", ids.getOrDefault("message", NO_ID));
        return values;
    }

    /** The same for things that exist nowhere. Users of this tenant know their own slug. */
    Map<String, String> nowhere(Kind kind) {
        var values = new HashMap<>(values("-"));
        values.putAll(Map.of("userId", "u-nobody", "id", NO_ID, "linkId", NO_ID, "token", NO_TOKEN, "messageId", NO_ID));
        values.put("slug", kind.side() == Kind.Side.OWN ? slug() : "no-such-tenant");
        return values;
    }

    /** The users of this tenant; the foreign ones are seen from the other tenant. */
    Caller caller(Kind kind) {
        return callers.computeIfAbsent(kind, _ -> Caller.of(kind, "", switch (kind) {
            case VIEWER, FOREIGN_VIEWER -> TestTokens.viewer(slug(), ann());
            case COLLEAGUE -> TestTokens.viewer(slug(), bob());
            case ADMIN, FOREIGN_ADMIN -> TestTokens.withEmail(Caller.MAIL, admin(), Optional.of(slug()), kind.role());
            default -> throw new IllegalArgumentException(kind + " is no user of one tenant");
        }));
    }

    /** The markers that a caller may not see. */
    Set<String> hiddenFrom(Kind kind, MarkedTenant own) {
        return switch (kind.side()) {
            case EVERY_TENANT -> Set.of();
            case OWN, FOREIGN -> own == this ? hiddenFrom(kind) : marks.all();
            case NOBODY -> marks.all();
        };
    }

    private Set<String> hiddenFrom(Kind kind) {
        return switch (kind) {
            case VIEWER, FOREIGN_VIEWER -> new HashSet<>(marks.ofBob());
            case COLLEAGUE -> new HashSet<>(marks.ofAnn());
            default -> Set.of();
        };
    }
}
