package io.weekly.tenant;

import io.weekly.audit.AuditEvent;
import io.weekly.audit.ChangedFields;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The audit events of tenants. They have no sender and no fallback address, which may be of persons, and no password. */
final class TenantEvents {

    private TenantEvents() {}

    static AuditEvent event(Tenant tenant, Instant at, String actor, String action) {
        return new AuditEvent(
                tenant.id(), at, actor, action, tenant.slug(),
                Map.of("name", tenant.name(), "zone", tenant.zone(), "locale", tenant.locale()));
    }

    /**
     * Adds the names of the fields that have changed.
     *
     * @param wanted what the request wants, with the new password if there is one
     */
    static AuditEvent updated(Tenant before, Tenant wanted, AuditEvent event) {
        var changed = new ChangedFields()
                .compare("name", before.name(), wanted.name())
                .compare("zone", before.zone(), wanted.zone())
                .compare("locale", before.locale(), wanted.locale())
                .compare("brand", before.brand(), wanted.brand())
                .compare("sender", before.sender(), wanted.sender())
                .compare("retentionDays", before.retentionDays(), wanted.retentionDays())
                .compare("linkTtlDays", before.linkTtlDays(), wanted.linkTtlDays())
                .compare("fallbackAddress", before.fallbackAddress(), wanted.fallbackAddress())
                .given("pdfPassword", wanted.pdfPassword());
        var detail = new LinkedHashMap<>(event.detail());
        detail.put("changed", changed.names());
        return event.with(detail);
    }
}
