package io.weekly.retention;

import io.smallrye.mutiny.Uni;
import io.weekly.audit.AuditPersons;
import io.weekly.audit.AuditTexts;
import io.weekly.tenant.Person;
import io.weekly.tenant.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Erases what the audit trail knows of persons: whose the pseudonyms are, and the texts about them. The events stay. It is in this package
 * because {@code audit} does not know persons of tenants.
 */
@ApplicationScoped
class AuditErasure implements PersonalData {

    private static final int BATCH = 500;
    private static final int TENANT_BATCH = 2000;

    private final AuditPersons persons;
    private final AuditTexts texts;

    AuditErasure(AuditPersons persons, AuditTexts texts) {
        this.persons = persons;
        this.texts = texts;
    }

    @Override
    public Uni<Boolean> erase(Person person) {
        var tenantId = person.tenant().tenantId();
        return persons.erase(tenantId, person.userId())
                .flatMap(_ -> texts.erase(tenantId, person.userId(), person.email(), BATCH))
                .map(erased -> erased < BATCH);
    }

    @Override
    public Uni<Boolean> eraseAll(int tenantId) {
        return persons.eraseSome(tenantId, TENANT_BATCH)
                .flatMap(persons -> texts.eraseSome(tenantId, TENANT_BATCH)
                        .map(texts -> persons < TENANT_BATCH && texts < TENANT_BATCH));
    }
}
