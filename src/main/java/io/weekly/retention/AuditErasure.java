package io.weekly.retention;

import io.smallrye.mutiny.Uni;
import io.weekly.audit.AuditPersons;
import io.weekly.audit.AuditTexts;
import io.weekly.audit.PersonalText;
import io.weekly.tenant.Person;
import io.weekly.tenant.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** Whose the pseudonym is has been erased when the erasure was requested. */
    @Override
    public Uni<Boolean> erase(Person person) {
        var names = names(person.pseudonym(), person.recipientId(), person.addresses());
        return texts.erase(person.tenant().tenantId(), names, BATCH).map(erased -> erased < BATCH);
    }

    /** How texts name a person. */
    static List<String> names(@Nullable String pseudonym, long recipientId, List<String> addresses) {
        var names = new ArrayList<String>(List.of(PersonalText.recipient(recipientId)));
        if (pseudonym != null) {
            names.add(PersonalText.user(pseudonym));
        }
        addresses.forEach(address -> names.add(PersonalText.mail(address)));
        return names;
    }

    @Override
    public Uni<Boolean> eraseAll(int tenantId) {
        return persons.eraseSome(tenantId, TENANT_BATCH)
                .flatMap(persons -> texts.eraseSome(tenantId, TENANT_BATCH)
                        .map(texts -> persons < TENANT_BATCH && texts < TENANT_BATCH));
    }
}
