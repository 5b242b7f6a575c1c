package io.weekly.api.description;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.weekly.testing.ApiDocument;
import io.weekly.testing.ApiDocument.Operation;
import io.weekly.testing.DescriptionFilter;
import io.weekly.testing.TestServers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Finds gaps in the API description. {@link DescriptionFilter} checks in all other tests that the service does what it says. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class DescriptionTest {

    private static final Pattern CAMEL_CASE = Pattern.compile("[a-z]+([A-Z][a-z]*)*");
    /** Syntax that JavaScript does not have in regular expressions. */
    private static final Pattern JAVAS_OWN = Pattern.compile("[\\])][*+?]\\+|}\\+|\\\\[zZAQEGhHRXN]|\\\\x\\{|\\(\\?[>i]");

    private final List<String> gaps = new ArrayList<>();

    @Test
    void everyOperationIsDescribed() {
        for (var operation : document().operations()) {
            text(operation.toString(), operation.json(), "summary");
            expect(CAMEL_CASE.matcher(operation.json().path("operationId").asText()).matches(),
                    operation + " has no operationId in camelCase");
            expect(operation.json().path("tags").size() == 1, operation + " has not one tag");
            parameters(operation);
            requestBody(operation);
            operation.json().get("responses").properties().forEach(
                    answer -> answer(operation + " " + answer.getKey(), answer.getKey(), document().resolve(answer.getValue())));
        }

        assertThat(gaps).isEmpty();
        assertThat(document().operations().stream().map(Operation::id)).doesNotHaveDuplicates();
    }

    private void parameters(Operation operation) {
        var inPath = Pattern.compile("\\{([^}]+)}").matcher(operation.path()).results().map(it -> it.group(1)).toList();
        var named = new ArrayList<String>();
        for (var known : operation.json().path("parameters")) {
            var parameter = document().resolve(known);
            var name = operation + " ?" + parameter.path("name").asText();
            named.add(parameter.path("name").asText());
            text(name, parameter, "description");
            schema(name, parameter.path("schema"));
            if (parameter.has("example")) {
                valid(name, parameter.get("schema"), parameter.get("example"));
            }
        }
        expect(named.containsAll(inPath), operation + " does not describe the parameters in its path");
    }

    private void requestBody(Operation operation) {
        operation.json().path("requestBody").path("content").properties().forEach(content -> {
            var name = operation + " " + content.getKey();
            schema(name, content.getValue().path("schema"));
            expect(hasExample(content.getValue()), name + " has no example");
        });
    }

    private void answer(String name, String status, JsonNode answer) {
        text(name, answer, "description");
        expect(!status.equals("default"), name + ": each status is described by itself");
        expect(!name.startsWith("POST") || !(status.equals("201") || status.equals("202")) || answer.has("content"),
                name + " does not say what is answered");
        answer.path("headers").properties().forEach(
                header -> text(name + " " + header.getKey(), document().resolve(header.getValue()), "description"));
        answer.path("content").properties().forEach(content -> {
            schema(name, content.getValue().path("schema"));
            expect(hasExample(content.getValue()), name + " has no example");
            if (content.getValue().has("example")) {
                valid(name, content.getValue().get("schema"), content.getValue().get("example"));
            }
        });
    }

    private boolean hasExample(JsonNode content) {
        return content.has("example") || document().resolve(content.path("schema")).has("examples");
    }

    @Test
    void everySchemaIsDescribedAndItsExamplesAreWhatItSays() {
        document().root().at("/components/schemas").properties().forEach(entry -> {
            var name = entry.getKey();
            var schema = entry.getValue();
            text(name, schema, "description");
            schema(name, schema);
            expect(schema.has("examples"), name + " has no example");
            schema.path("examples").forEach(example -> valid(name, schema, example));
            schema.path("properties").properties().forEach(field -> {
                text(name + "." + field.getKey(), field.getValue(), "description");
                schema(name + "." + field.getKey(), field.getValue());
                field.getValue().path("examples").forEach(example -> valid(name + "." + field.getKey(), field.getValue(), example));
                if (field.getValue().has("default")) {
                    valid(name + "." + field.getKey(), field.getValue(), field.getValue().get("default"));
                }
            });
        });

        assertThat(gaps).isEmpty();
    }

    /** A schema has a type, and a pattern that JavaScript understands. */
    private void schema(String name, JsonNode schema) {
        expect(Stream.of("$ref", "type", "anyOf").anyMatch(schema::has), name + " has no type");
        var pattern = schema.path("pattern").asText("");
        expect(pattern.isEmpty() || pattern.startsWith("^"), name + ": a pattern is of the whole text");
        expect(!JAVAS_OWN.matcher(pattern).find(), name + " has a pattern that only Java understands: " + pattern);
    }

    @Test
    void valuesThatDoNotMatchTheSchemaAreFound() {
        var report = document().root().at("/components/schemas/Report");
        var example = report.at("/examples/0");

        assertThat(document().errors(report, example)).isEmpty();
        assertThat(document().errors(report, example.<ObjectNode>deepCopy().put("tenantId", 7))).hasSize(1);
        assertThat(document().errors(report, example.<ObjectNode>deepCopy().without("run"))).hasSize(1);
        assertThat(document().errors(report, example.<ObjectNode>deepCopy().putNull("createdAt"))).isNotEmpty();
        assertThat(document().errors(report, example.<ObjectNode>deepCopy().put("status", "lost"))).isNotEmpty();
        assertThat(document().errors(report, example.<ObjectNode>deepCopy().put("createdAt", "yesterday"))).isNotEmpty();
        assertThat(document().errors(report, example.<ObjectNode>deepCopy().putNull("run"))).isEmpty();
    }

    @Test
    void tagsAndTheApiItselfAreDescribed() {
        var root = document().root();

        assertThat(root.at("/info/title").asText()).isEqualTo("Weekly Reports");
        assertThat(root.at("/info/version").asText()).isEqualTo("1");
        assertThat(root.at("/info/description").asText()).contains("Retry-After", "Idempotency-Key");
        assertThat(root.at("/servers").findValuesAsText("url")).containsExactly("/");
        var described = new ArrayList<String>();
        root.get("tags").forEach(tag -> {
            text("tag " + tag.get("name"), tag, "description");
            described.add(tag.get("name").asText());
        });
        document().operations().forEach(it -> expect(described.contains(it.json().at("/tags/0").asText()), it + " has a tag of its own"));
        assertThat(gaps).isEmpty();
    }

    @Test
    void eachOperationDescribesTheCommonResponses() {
        for (var operation : document().operations()) {
            var statuses = new ArrayList<String>();
            operation.json().get("responses").fieldNames().forEachRemaining(statuses::add);

            assertThat(statuses).as(operation.toString()).contains("400", "404", "500", "503");
            if (operation.path().startsWith("/api/v1/") && !operation.path().startsWith("/api/v1/inbound/")) {
                assertThat(statuses).as(operation.toString()).contains("401", "403");
                assertThat(operation.json().at("/security/0").has("token")).as(operation.toString()).isTrue();
            }
            if (operation.json().has("requestBody")) {
                assertThat(statuses).as(operation.toString()).contains("413", "415", "422");
            }
            if (operation.method().equals("post") && (statuses.contains("201") || statuses.contains("202"))) {
                assertThat(statuses).as(operation.toString()).contains("409", "422");
                assertThat(operation.json().get("parameters").toString()).as(operation.toString()).contains("Idempotency-Key");
            }
        }
    }

    @Test
    void theDescriptionDoesNotShowInternals() {
        var root = document().root();

        assertThat(root.get("paths").propertyStream().map(Map.Entry::getKey))
                .contains("/api/v1/tenants/{slug}/recipients", "/api/v1/reports/{id}/files/{format}", "/api/v1/runs/{id}")
                .noneMatch(path -> path.startsWith("/dev") || path.startsWith("/q/"));
        assertThat(root.at("/components/schemas").propertyStream().map(Map.Entry::getKey))
                .contains("Tenant", "NewTenant", "TenantChange", "Recipient", "Schedule", "Report", "Run", "Problem")
                .noneMatch(name -> name.matches(".*(Vertx|Socket|Http|Uni|SSL|Row|java|Instant|View|Result|[0-9]).*"));
        assertThat(root.toString()).doesNotContain("io.weekly", "tenantId", "Auto generated");
    }

    private static ApiDocument document() {
        return ApiDocument.get();
    }

    private void text(String name, JsonNode thing, String key) {
        expect(!thing.path(key).asText("").isBlank(), name + " has no " + key);
    }

    private void valid(String name, JsonNode schema, JsonNode example) {
        document().errors(schema, example).forEach(error -> gaps.add(name + ": the example " + error));
    }

    private void expect(boolean right, String otherwise) {
        if (!right) {
            gaps.add(otherwise);
        }
    }
}
