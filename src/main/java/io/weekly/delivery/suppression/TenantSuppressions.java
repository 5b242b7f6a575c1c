package io.weekly.delivery.suppression;

import io.smallrye.mutiny.Uni;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.database.Placeholders;
import io.weekly.database.QueryConditions;
import io.weekly.tenant.Scope.OfTenant;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The suppressions of a tenant, as its admins list, add and lift them. */
@ApplicationScoped
public class TenantSuppressions {

    private final Database database;
    private final Suppressions suppressions;
    private final SoftBounces softBounces;
    private final Clock clock;

    TenantSuppressions(Database database, Suppressions suppressions, SoftBounces softBounces, Clock clock) {
        this.database = database;
        this.suppressions = suppressions;
        this.softBounces = softBounces;
        this.clock = clock;
    }

    /**
     * A page of them, in the order of their creation.
     *
     * @param reason null for all
     * @param address in any case; null for all
     * @param after the last id of the page before; null for the first page
     */
    public Uni<List<Suppression>> list(
            OfTenant tenant, @Nullable SuppressionReason reason, @Nullable String address, int limit, @Nullable String after) {
        var where = tenant.within(new QueryConditions(), "s")
                .andIfGiven("s.reason = ?", reason == null ? null : reason.text())
                .andIfGiven("s.address = ?", address == null ? null : NormalAddress.of(address))
                .andIfGiven("s.id > UNHEX(?)", after);
        return database.client()
                .preparedQuery(Suppressions.SELECT + where.sql() + "\nORDER BY s.id\nLIMIT ?")
                .execute(where.with(limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Suppressions::suppression).toList());
    }

    /** One of them. Empty if the tenant has none with this id. */
    public Uni<Optional<Suppression>> find(OfTenant tenant, String id) {
        if (!Ids.isId(id)) {
            return Uni.createFrom().item(Optional.empty());
        }
        var where = tenant.within(new QueryConditions(), "s").and("s.id = UNHEX(?)", id);
        return database.client()
                .preparedQuery(Suppressions.SELECT + where.sql())
                .execute(where.with())
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Suppressions::suppression).findFirst());
    }

    /** Those of these addresses, at most {@code limit}: for the export of what is held on a person. */
    public Uni<List<Suppression>> ofAddresses(OfTenant tenant, List<String> addresses, int limit) {
        var where = tenant.within(new QueryConditions(), "s").and(
                "s.address IN (%s)".formatted(Placeholders.orNone(addresses.size())),
                addresses.stream().map(NormalAddress::of).toArray());
        return database.client()
                .preparedQuery(Suppressions.SELECT + where.sql() + "\nORDER BY s.id\nLIMIT ?")
                .execute(where.with(limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Suppressions::suppression).toList());
    }

    /** The weeks in which the mailboxes of these addresses were full, at most {@code limit}. */
    public Uni<List<SoftBounce>> softBounces(OfTenant tenant, List<String> addresses, int limit) {
        return softBounces.ofAddresses(tenant.tenantId(), addresses, limit);
    }

    /**
     * Suppresses an address by hand.
     *
     * @return the suppression; empty if the address is suppressed already
     */
    public Uni<Optional<Suppression>> create(OfTenant tenant, String address, String detail, String actor) {
        var tenantId = tenant.tenantId();
        return database.transaction(transaction -> suppressions.find(transaction, tenantId, address)
                .flatMap(before -> before.isPresent()
                        ? Uni.createFrom().item(Optional.empty())
                        : suppressions
                                .add(transaction, tenantId, address, SuppressionReason.MANUAL, detail, clock.instant(), actor)
                                .flatMap(_ -> suppressions.find(transaction, tenantId, address))));
    }

    /**
     * Lifts a suppression: the address gets mail again, and the count of its soft bounces begins at zero.
     *
     * @return false if the tenant has none with this id
     */
    public Uni<Boolean> lift(OfTenant tenant, String id, String actor) {
        var tenantId = tenant.tenantId();
        return !Ids.isId(id)
                ? Uni.createFrom().item(false)
                : database.transaction(transaction -> suppressions.lift(transaction, tenantId, id, actor, clock.instant())
                        .call(lifted -> lifted.isPresent()
                                ? softBounces.clear(transaction, tenantId, lifted.get().address())
                                : Uni.createFrom().voidItem())
                        .map(Optional::isPresent));
    }
}
