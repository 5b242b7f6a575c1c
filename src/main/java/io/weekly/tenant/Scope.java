package io.weekly.tenant;

import io.weekly.database.QueryConditions;

/**
 * Whose things a caller may see. Every query on a tenant's thing takes one as its first argument, so that isolation is in the
 * signature and not in somebody's memory.
 */
public sealed interface Scope {

    /** An operator's: every tenant. */
    Scope EVERY_TENANT = new EveryTenant();

    /** Adds the conditions that keep a query within this scope; {@code table} is the alias of a table with a tenant_id. */
    QueryConditions within(QueryConditions where, String table);

    /** Every tenant: operators, and the service itself. */
    record EveryTenant() implements Scope {
        @Override
        public QueryConditions within(QueryConditions where, String table) {
            return where;
        }
    }

    /** All of one tenant. */
    record OfTenant(int tenantId) implements Scope {
        @Override
        public QueryConditions within(QueryConditions where, String table) {
            return where.and(table + ".tenant_id = ?", tenantId);
        }
    }

    /** One recipient's own things; the table also has a recipient_id. */
    record OfRecipient(int tenantId, long recipientId) implements Scope {
        @Override
        public QueryConditions within(QueryConditions where, String table) {
            return where.and(table + ".tenant_id = ?", tenantId).and(table + ".recipient_id = ?", recipientId);
        }
    }
}
