package io.weekly.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.weekly.database.MultiRowInsert;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;

/**
 * Appends events in the transaction of the change that they record. So either both the change and its event are stored, or neither. What
 * events say about persons goes into tables of its own ({@link AuditPersons}, {@link AuditTexts}). Events without persons, such as those
 * of most stages, cost one statement for up to 128 of them. Each {@link AuditListener} gets the events in the same transaction.
 */
@ApplicationScoped
public class AuditLog {

    private static final String APPEND =
            """
            INSERT INTO audit_event (tenant_id, at, actor, action, subject, detail, client, request_id)
            VALUES %s""";
    private static final String ROW = "(?, ?, ?, ?, ?, ?, ?, ?)";

    private final AuditPersons persons;
    private final AuditTexts texts;
    private final ObjectMapper json;
    private final List<AuditListener> listeners;

    AuditLog(AuditPersons persons, AuditTexts texts, ObjectMapper json, @All List<AuditListener> listeners) {
        this.persons = persons;
        this.texts = texts;
        this.json = json;
        this.listeners = listeners;
    }

    /** Appends one event in the transaction. */
    public Uni<Void> append(SqlClient transaction, AuditEvent event) {
        return append(transaction, List.of(event));
    }

    /** Appends the events in their order in the transaction; there may be none. */
    public Uni<Void> append(SqlClient transaction, List<AuditEvent> events) {
        // The origin of the request is read now: a later step may run in another Vert.x context.
        var complete = events.stream().map(event -> event.from(event.source())).toList();
        var named = new HashSet<KnownPerson>();
        complete.forEach(event -> named.addAll(EventRow.persons(event)));
        return persons.pseudonyms(transaction, named).flatMap(pseudonyms -> {
            var collected = texts.collect();
            var rows = complete.stream()
                    .map(event -> new EventRow(event, pseudonyms, collected).values(json))
                    .toList();
            return collected.insert(transaction)
                    .flatMap(_ -> MultiRowInsert.insert(transaction, APPEND, ROW, rows))
                    .flatMap(_ -> complete.isEmpty() ? Uni.createFrom().voidItem() : tell(transaction, complete));
        });
    }

    private Uni<Void> tell(SqlClient transaction, List<AuditEvent> events) {
        return Multi.createFrom()
                .iterable(listeners)
                .onItem()
                .transformToUniAndConcatenate(listener -> listener.written(transaction, events))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
