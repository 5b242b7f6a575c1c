package io.weekly.owner;

import io.smallrye.mutiny.Uni;
import io.weekly.database.Database;
import io.weekly.schedule.OwnerTransfer;
import io.weekly.tenant.Scope.OfTenant;
import io.weekly.tenant.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;

/**
 * Transfers all schedules of a person to another, in one transaction. Letters that wait for the first person go to the new owner. A letter
 * that is being sent at that moment goes to both.
 */
@ApplicationScoped
public class ScheduleTransfers {

    private final Database database;
    private final Tenants tenants;
    private final OwnerTransfer owners;
    private final OwnerMails mails;

    ScheduleTransfers(Database database, Tenants tenants, OwnerTransfer owners, OwnerMails mails) {
        this.database = database;
        this.tenants = tenants;
        this.owners = owners;
        this.mails = mails;
    }

    /**
     * Transfers the schedules that have not ended. Addresses are compared without regard to case.
     *
     * @param actor who does it
     * @return the ids of the schedules; empty if the person owns none, or the tenant has ended: then nothing has changed
     */
    public Uni<List<String>> transfer(OfTenant tenant, String from, String to, String actor) {
        return database.transaction(transaction -> tenants.hold(transaction, tenant).flatMap(found -> found.isEmpty()
                ? Uni.createFrom().item(List.<String>of())
                : owners.transfer(transaction, tenant, from, to, actor).call(ids -> ids.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : mails.handOver(transaction, tenant.tenantId(), from.toLowerCase(Locale.ROOT), to))));
    }
}
