package io.weekly.audit.seal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;

/**
 * A copy of a seal outside the database: one line of JSON in the log or in a file.
 *
 * @param number the number of the seal
 * @param seal {@link Seal#statementHash}
 */
record Anchor(long number, String seal) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BEGINNING = "{\"number\":";

    /** The line of a seal: all its fields, its public key if it is known, and the hash of its statement. It contains no line break. */
    static String line(Seal seal, Optional<String> publicKey) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("number", seal.number());
        json.put("first", seal.firstId());
        json.put("last", seal.lastId());
        json.put("gaps", seal.gaps().text());
        json.put("late", seal.late().text());
        json.put("events", seal.events());
        json.put("oldestMicros", seal.oldestMicros());
        json.put("newestMicros", seal.newestMicros());
        json.put("hash", seal.hash());
        json.put("previous", seal.previous());
        json.put("sealedAt", seal.sealedAt().toString());
        json.put("prunedTo", seal.prunedTo());
        json.put("key", seal.keyId());
        json.put("publicKey", publicKey.orElse(null));
        json.put("signature", seal.signature());
        json.put("seal", seal.statementHash());
        return json.toString();
    }

    /** The anchor in a line; empty if the line is no anchor, for example because only its beginning was written. */
    static Optional<Anchor> parse(String line) {
        // A log may have other text before the JSON.
        var start = line.indexOf('{');
        if (start < 0) {
            return Optional.empty();
        }
        try {
            return of(JSON.readTree(line.substring(start)));
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    /** Whether the text can be the beginning of a line that {@link #line} made. A log may have other text before it. */
    static boolean mayBegin(String text) {
        var start = text.indexOf('{');
        return start >= 0 && (text.startsWith(BEGINNING, start) || BEGINNING.startsWith(text.substring(start)));
    }

    private static Optional<Anchor> of(JsonNode json) {
        return json.path("number").canConvertToLong() && json.path("seal").isTextual()
                ? Optional.of(new Anchor(json.path("number").longValue(), json.path("seal").textValue()))
                : Optional.empty();
    }
}
