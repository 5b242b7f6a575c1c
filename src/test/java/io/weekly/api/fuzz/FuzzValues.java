package io.weekly.api.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weekly.testing.ApiDocument;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Makes values that a schema allows, and changes them as a careless client or an attacker might. */
final class FuzzValues {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

    /** Texts that have caused bugs in other programs. A lone surrogate becomes an escape in JSON and a question mark elsewhere. */
    private static final List<String> NASTY = List.of(
            "", " ", "\t", "\0", "a\0b", "\ud800", "\udfff\ud800", "\u202eabc", "e\u0301\u0301\u0301", "\ud83d\ude00", "\ufeff", "\u2028",
            "\ufffe",
            "null", "undefined", "NaN", "-1", "0", "1e400", "9999999999999999999", "0x10", "true", "[]", "{}", "%00", "%", "%s%n%d",
            "${jndi:x}",
            "{{7*7}}", "' OR '1'='1", "1; --", "\\", "\"", "'", "`id`", "../../etc", "..\\..", "a/b", "a?b", "a#b", "a;b=c", "<b>&amp;",
            "=1+1", "*", "_",
            "2026-W00", "2026-W54", "0000-W01", "9999-W53", "2026-W1", "+12026-W10", "2026-02-30", "9999-12-31T23:59:60Z",
            "-0001-01-01T00:00:00Z",
            "+999999999-12-31T23:59:59Z", "2026-11-23T11:30:00+18:00", "24:00", "Europe/Nowhere", "xx-YY-zz", "i-klingon", "a@b@c", "@",
            "ß", "İ", "ａ");

    private final ApiDocument document;
    private final RandomGenerator random;
    /** By the name of a field or parameter: the values that exist. */
    private final Map<String, List<String>> known;

    FuzzValues(ApiDocument document, RandomGenerator random, Map<String, List<String>> known) {
        this.document = document;
        this.random = random;
        this.known = known;
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    String nasty() {
        return switch (random.nextInt(20)) {
            case 0 -> "x".repeat(random.nextInt(70_000));
            case 1 -> any(NASTY).repeat(1 + random.nextInt(300));
            case 2 -> any(NASTY) + any(NASTY);
            default -> any(NASTY);
        };
    }

    /** A value that the schema allows, most of the time. */
    JsonNode valid(String name, JsonNode reference) {
        var schema = document.resolve(reference);
        if (schema.has("anyOf")) {
            return valid(name, any(list(schema.get("anyOf"))));
        }
        if (known.containsKey(name) && !type(schema).equals("object") && !type(schema).equals("array")) {
            return NODES.textNode(any(known.get(name)));
        }
        if (schema.has("enum")) {
            return any(list(schema.get("enum")));
        }
        return switch (type(schema)) {
            case "object" -> object(schema);
            case "array" -> array(name, schema);
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            case "integer" -> NODES.numberNode(
                    random.nextLong(schema.path("minimum").asLong(0), Math.max(schema.path("maximum").asLong(1000), 1) + 1));
            case "number" -> NODES.numberNode(random.nextDouble(-1e6, 1e6));
            case "null" -> NODES.nullNode();
            default -> text(schema);
        };
    }

    private String type(JsonNode schema) {
        var type = schema.path("type");
        return type.isArray() ? any(list(type)).asText() : type.asText();
    }

    private ObjectNode object(JsonNode schema) {
        var object = NODES.objectNode();
        var required = list(schema.path("required")).stream().map(JsonNode::asText).toList();
        schema.path("properties").properties().forEach(field -> {
            if (required.contains(field.getKey()) || chance(50)) {
                object.set(field.getKey(), valid(field.getKey(), field.getValue()));
            }
        });
        return object;
    }

    private ArrayNode array(String name, JsonNode schema) {
        var array = NODES.arrayNode();
        var size = schema.path("minItems").asInt(0) + random.nextInt(2);
        for (var i = 0; i < size; i++) {
            array.add(valid(name + "[]", schema.get("items")));
        }
        return array;
    }

    private JsonNode text(JsonNode schema) {
        if (schema.has("examples") && chance(80)) {
            return any(list(schema.get("examples")));
        }
        var text = new StringBuilder();
        var length = 1 + random.nextInt(12);
        for (var i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return NODES.textNode(text.toString());
    }

    /** The same body with one wrong part. */
    JsonNode careless(JsonNode body) {
        var copy = body.<JsonNode>deepCopy();
        var places = new ArrayList<JsonNode>();
        collect(copy, places);
        if (places.isEmpty() || chance(5)) {
            return wrong();
        }
        var place = any(places);
        if (place instanceof ArrayNode array) {
            array.add(wrong());
            return copy;
        }
        var object = (ObjectNode) place;
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        switch (random.nextInt(4)) {
            case 0 -> object.set(nasty(), wrong());
            case 1 -> object.remove(names.isEmpty() ? "" : any(names));
            default -> object.set(names.isEmpty() ? "a" : any(names), wrong());
        }
        return copy;
    }

    private static void collect(JsonNode node, List<JsonNode> places) {
        if (node.isContainerNode()) {
            places.add(node);
            node.forEach(child -> collect(child, places));
        }
    }

    private JsonNode wrong() {
        return switch (random.nextInt(12)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(true);
            case 2 -> NODES.numberNode(random.nextInt());
            case 3 -> BigIntegerNode.valueOf(BigInteger.TEN.pow(random.nextInt(1200)));
            case 4 -> NODES.numberNode(random.nextDouble() * 1e300);
            case 5 -> NODES.objectNode().put("a", 1);
            case 6 -> nested(1 + random.nextInt(1500));
            case 7 -> many(1 + random.nextInt(3000));
            default -> NODES.textNode(nasty());
        };
    }

    private JsonNode nested(int depth) {
        JsonNode node = NODES.arrayNode();
        for (var i = 0; i < Math.min(depth, 900); i++) {
            node = NODES.arrayNode().add(node);
        }
        return node;
    }

    private JsonNode many(int size) {
        var array = NODES.arrayNode();
        for (var i = 0; i < size; i++) {
            array.add("pdf");
        }
        return array;
    }

    static byte[] bytes(JsonNode body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            // A lone surrogate, which UTF-8 cannot encode. An escape is possible in JSON.
            return ascii(body);
        }
    }

    private static byte[] ascii(JsonNode body) {
        try {
            var escaped = JSON.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);
            return escaped.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            return new byte[0];
        }
    }

    /** Damages the text itself. */
    byte[] torn(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        var at = random.nextInt(text.length() + 1);
        var torn = switch (random.nextInt(12)) {
            case 0 -> text.substring(0, at);
            case 1 -> text.substring(0, at) + "\u00ff\u00fe\u0080" + text.substring(at);
            case 2 -> "\u00ef\u00bb\u00bf" + text;
            case 3 -> text + text;
            case 4 -> text + "x";
            case 5 -> text.replaceFirst("\\{(\"[^\"]*\":)", "{$1 1, $1");
            case 6 -> "[".repeat(random.nextInt(100_000));
            case 7 -> "{\"a\":".repeat(random.nextInt(2_000));
            case 8 -> text.replace('"', '\'');
            case 9 -> text.replaceFirst(":[^,}]*", ":" + any(List.of(
                    "NaN", "01", "1e999999999", "-", ".5", "1".repeat(2000), "/**/1", "\"\\ud800\"")));
            case 10 -> new String(text.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);
            default -> "";
        };
        return torn.getBytes(StandardCharsets.ISO_8859_1);
    }

    static List<JsonNode> list(JsonNode array) {
        var list = new ArrayList<JsonNode>();
        array.forEach(list::add);
        return list;
    }

    static List<String> words(String words) {
        return Arrays.asList(words.split(" "));
    }
}
