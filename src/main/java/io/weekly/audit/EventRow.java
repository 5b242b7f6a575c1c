package io.weekly.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Utc;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An event as its row has it: with pseudonyms in the place of persons, and ids in the place of texts. {@link EventReader} reads it. */
record EventRow(AuditEvent event, Map<KnownPerson, String> pseudonyms, AuditTexts.Collected texts) {

    /** The prefix of a subject that is a person. */
    static final String USER = "user:";
    /** The only key of the JSON object that a detail has in the place of a text. */
    static final String TEXT = "personalText";

    /** The persons that the row of this event needs. */
    static List<KnownPerson> persons(AuditEvent event) {
        var names = new ArrayList<String>(List.of(event.actor()));
        if (event.person() != null) {
            names.add(event.person());
        }
        addNames(names, event.detail());
        return Stream.concat(names.stream().map(name -> KnownPerson.of(event.tenantId(), name)), Stream.of(subject(event)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static void addNames(List<String> names, @Nullable Object value) {
        switch (value) {
            case PersonalText text when text.person() != null -> names.add(text.person());
            case Map<?, ?> map -> map.values().forEach(one -> addNames(names, one));
            case Collection<?> list -> list.forEach(one -> addNames(names, one));
            case null, default -> {}
        }
    }

    private static Optional<KnownPerson> subject(AuditEvent event) {
        return event.isAboutPerson() ? KnownPerson.of(event.tenantId(), USER + event.subject()) : Optional.empty();
    }

    Tuple values(ObjectMapper json) {
        var origin = event.source();
        return Tuple.from(new Object[] {
            event.tenantId(),
            Utc.column(event.at()),
            withPseudonym(event.actor()),
            event.action(),
            subject(event).map(person -> USER + pseudonym(person)).orElse(event.subject()),
            detail(json),
            origin.client() == null ? null : client(origin.client()),
            origin.requestId()
        });
    }

    private String withPseudonym(String name) {
        return KnownPerson.of(event.tenantId(), name).map(person -> KnownPerson.kind(name) + pseudonym(person)).orElse(name);
    }

    private String pseudonym(KnownPerson person) {
        return Objects.requireNonNull(pseudonyms.get(person));
    }

    private String client(String address) {
        var owner = event.person();
        if (owner == null && KnownPerson.of(event.tenantId(), event.actor()).isPresent()) {
            owner = event.actor();
        }
        return text(new PersonalText(address, owner));
    }

    private String text(PersonalText text) {
        var tenantId = event.tenantId() == null ? KnownPerson.NO_TENANT : event.tenantId();
        var person = text.person() == null ? null : withPseudonym(text.person());
        return texts.add(new StoredText(tenantId, person, text.text()), event.at());
    }

    private @Nullable String detail(ObjectMapper json) {
        if (event.detail().isEmpty()) {
            return null;
        }
        try {
            return json.writeValueAsString(withoutTexts(event.detail()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the detail of %s must be plain JSON".formatted(event.action()), e);
        }
    }

    private @Nullable Object withoutTexts(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case PersonalText text -> Map.of(TEXT, text(text));
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<Object, Object>();
                map.forEach((key, one) -> copy.put(key, withoutTexts(one)));
                yield copy;
            }
            case Collection<?> list -> list.stream().map(this::withoutTexts).toList();
            default -> value;
        };
    }
}
