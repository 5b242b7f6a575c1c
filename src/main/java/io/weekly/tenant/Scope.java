package io.weekly.tenant;

import io.weekly.database.QueryConditions;

/**
 * Which data a caller may see. Each query on the data of tenants takes a scope as its first argument. So a query without a scope does not
 * compile, and code cannot forget to isolate tenants.
 */
public sealed interface Scope {

    /** The scope of operators and of the service itself. */
    Scope EVERY_TENANT = new EveryTenant();

    /** Restricts a query to this scope. {@code table} is the alias of a table with a tenant_id. */
    QueryConditions within(QueryConditions where, String table);

    /** The data of all tenants. */
    record EveryTenant() implements Scope {
        @Override
        public QueryConditions within(QueryConditions where, String table) {
            return where;
        }
    }

    /** The data of one tenant. */
    record OfTenant(int tenantId) implements Scope {
        @Override
        public QueryConditions within(QueryConditions where, String table) {
            return where.and(table + ".tenant_id = ?", tenantId);
        }
    }

    /** The data of one recipient. The table also has a recipient_id. */
    record OfRecipient(int tenantId, long recipientId) implements Scope {
        @Override
        public QueryConditions within(QueryConditions where, String table) {
            return where.and(table + ".tenant_id = ?", tenantId).and(table + ".recipient_id = ?", recipientId);
        }
    }
}
