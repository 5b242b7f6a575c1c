package io.weekly.dev;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.weekly.database.Database;
import io.weekly.definition.Definitions;
import io.weekly.definition.LoadedDefinition;
import io.weekly.report.Period;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/** The definitions, tenants and recipients that the workbench offers. */
@Singleton
class WorkbenchChoices {

    private static final String RECIPIENTS = """
            SELECT t.slug, t.name AS tenant_name, t.zone, rc.user_id, rc.name, COALESCE(p.locale, rc.locale, t.locale) AS locale
            FROM tenant t
            JOIN (SELECT tenant_id, id, user_id, name, locale, ROW_NUMBER() OVER (PARTITION BY tenant_id ORDER BY id) AS place
                  FROM recipient
                  WHERE active AND ended_at IS NULL) rc ON rc.tenant_id = t.id AND rc.place <= 50
            LEFT JOIN preference p ON p.tenant_id = rc.tenant_id AND p.recipient_id = rc.id
            WHERE t.ended_at IS NULL
            ORDER BY t.id, rc.id
            LIMIT 20000""";

    private final Database database;
    private final Definitions definitions;
    private final Clock clock;

    WorkbenchChoices(Database database, Definitions definitions, Clock clock) {
        this.database = database;
        this.definitions = definitions;
        this.clock = clock;
    }

    record Choices(List<Choice> definitions, List<Tenant> tenants) {}

    record Choice(String name, boolean broken) {}

    /** @param period the last full week in the tenant's time zone */
    record Tenant(String slug, String name, Period period, List<Recipient> recipients) {}

    record Recipient(String userId, String name, String locale) {}

    Uni<Choices> all() {
        return database.client().query(RECIPIENTS).execute().map(rows -> {
            var tenants = new LinkedHashMap<String, Tenant>();
            rows.forEach(row -> tenants.computeIfAbsent(row.getString("slug"), slug -> tenant(row)).recipients()
                    .add(new Recipient(row.getString("user_id"), row.getString("name"), row.getString("locale"))));
            return new Choices(definitions(), List.copyOf(tenants.values()));
        });
    }

    private List<Choice> definitions() {
        return Stream.<LoadedDefinition>concat(definitions.all().stream(), definitions.broken().stream())
                .sorted(Comparator.comparing(LoadedDefinition::name))
                .map(it -> new Choice(it.name(), definitions.find(it.name()).isEmpty()))
                .toList();
    }

    private Tenant tenant(Row row) {
        var period = Period.lastFullWeek(clock, ZoneId.of(row.getString("zone")));
        return new Tenant(row.getString("slug"), row.getString("tenant_name"), period, new ArrayList<>());
    }
}
