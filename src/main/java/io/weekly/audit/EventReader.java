package io.weekly.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.weekly.database.Ids;
import io.weekly.database.Utc;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns rows of events into events: puts user ids in the place of pseudonyms, and texts in the place of their ids. What is erased cannot be
 * shown: a pseudonym stays as it is, and instead of a text there is {@link #ERASED}. Costs at most two queries for a page.
 */
@ApplicationScoped
class EventReader {

    static final String ERASED = "(erased)";

    private final AuditPersons persons;
    private final AuditTexts texts;
    private final ObjectMapper json;

    EventReader(AuditPersons persons, AuditTexts texts, ObjectMapper json) {
        this.persons = persons;
        this.texts = texts;
        this.json = json;
    }

    /** The events of rows with all columns, in their order. */
    Uni<List<AuditEvent>> read(List<Row> rows) {
        var stored = rows.stream().map(this::stored).toList();
        var pseudonyms = new HashSet<String>();
        var ids = new HashSet<String>();
        for (var event : stored) {
            pseudonym(event.actor()).ifPresent(pseudonyms::add);
            pseudonym(event.subject()).ifPresent(pseudonyms::add);
            addTexts(ids, event.detail());
            addText(ids, event.source().client());
        }
        return known(pseudonyms).flatMap(userIds -> texts(ids)
                .map(found -> stored.stream().map(event -> readable(event, userIds, found)).toList()));
    }

    private Uni<Map<String, String>> known(Set<String> pseudonyms) {
        return pseudonyms.isEmpty() ? Uni.createFrom().item(Map.of()) : persons.userIds(pseudonyms);
    }

    private Uni<Map<String, String>> texts(Set<String> ids) {
        return ids.isEmpty() ? Uni.createFrom().item(Map.of()) : texts.find(ids);
    }

    private AuditEvent stored(Row row) {
        return new AuditEvent(
                row.getInteger("tenant_id"), Utc.instant(row.getLocalDateTime("at")), row.getString("actor"), row.getString("action"),
                row.getString("subject"), detail(row.getString("detail")))
                        .from(new Origin(row.getString("client"), row.getString("request_id")));
    }

    private Map<String, Object> detail(@Nullable String text) {
        if (text == null) {
            return Map.of();
        }
        try {
            return json.readValue(text, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the detail of an audit event is not valid JSON: " + text, e);
        }
    }

    /** The pseudonym in an actor or in the subject of a recipient's event. */
    private static Optional<String> pseudonym(String name) {
        var last = name.substring(KnownPerson.kind(name).length());
        return KnownPerson.of(null, name).isPresent() && Ids.isId(last) ? Optional.of(last) : Optional.empty();
    }

    private static void addTexts(Set<String> ids, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            textId(map).ifPresentOrElse(ids::add, () -> map.values().forEach(one -> addTexts(ids, one)));
        } else if (value instanceof Collection<?> list) {
            list.forEach(one -> addTexts(ids, one));
        }
    }

    private static void addText(Set<String> ids, @Nullable String id) {
        if (id != null && StoredText.parse(id).isPresent()) {
            ids.add(id);
        }
    }

    private static Optional<String> textId(Map<?, ?> map) {
        return map.size() == 1 && map.get(EventRow.TEXT) instanceof String id && StoredText.parse(id).isPresent()
                ? Optional.of(id)
                : Optional.empty();
    }

    private static AuditEvent readable(AuditEvent event, Map<String, String> userIds, Map<String, String> texts) {
        var actor = pseudonym(event.actor())
                .flatMap(name -> Optional.ofNullable(userIds.get(name)))
                .map(userId -> KnownPerson.kind(event.actor()) + userId)
                .orElse(event.actor());
        var subject = event.subject().startsWith(EventRow.USER)
                ? pseudonym(event.subject()).map(name -> userIds.getOrDefault(name, name)).orElse(event.subject())
                : event.subject();
        var client = event.source().client();
        var origin = new Origin(client == null ? null : texts.getOrDefault(client, ERASED), event.source().requestId());
        return new AuditEvent(
                event.tenantId(), event.at(), actor, event.action(), subject, withTexts(event.detail(), texts), origin, null);
    }

    private static Map<String, Object> withTexts(Map<String, Object> detail, Map<String, String> texts) {
        var copy = new LinkedHashMap<String, Object>();
        detail.forEach((key, value) -> copy.put(key, withText(value, texts)));
        return copy;
    }

    private static @Nullable Object withText(@Nullable Object value, Map<String, String> texts) {
        if (value instanceof Map<?, ?> map) {
            var id = textId(map);
            if (id.isPresent()) {
                return texts.getOrDefault(id.get(), ERASED);
            }
            var copy = new LinkedHashMap<Object, Object>();
            map.forEach((key, one) -> copy.put(key, withText(one, texts)));
            return copy;
        }
        return value instanceof Collection<?> list ? list.stream().map(one -> withText(one, texts)).toList() : value;
    }
}
