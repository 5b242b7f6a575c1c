package io.weekly.api.description;

import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * Completes the description of an operation by rules: the responses, headers and parameters that are the same for all operations of its
 * kind.
 */
final class OperationRules {

    private static final String API = "/api/v1/";
    /** Mail systems have no token: they sign what they send. */
    private static final String INBOUND = "/api/v1/inbound/";
    private static final String JSON = "application/json";
    private static final String KEY = "Idempotency-Key";
    /** Operations that create nothing, and must not run twice all the same. */
    private static final Set<String> WITH_KEY = Set.of("transferSchedules", "rotateWebhookSecret");
    /** Operations that a browser opens: it gets a page in the place of a problem. */
    private static final Set<String> WITH_PAGES = Set.of("openLink", "showChoices", "unsubscribe");
    private static final Set<String> PAGE_STATUSES = Set.of("400", "404", "410", "429");
    private static final String CACHE_CONTROL = "Cache-Control";

    private final Components components;
    private final String path;
    private final HttpMethod method;
    private final Operation operation;

    OperationRules(Components components, String path, HttpMethod method, Operation operation) {
        this.components = components;
        this.path = path;
        this.method = method;
        this.operation = operation;
    }

    void apply() {
        statuses().forEach(this::problem);
        if (WITH_PAGES.contains(operation.getOperationId())) {
            PAGE_STATUSES.stream().filter(this::has).forEach(this::page);
        }
        operation.getResponses().getAPIResponses().forEach(this::headers);
        parameters();
    }

    /** Each response says whether caches may keep it, shared descriptions of problems included. */
    static void describeProblems(Components components) {
        components.getResponses().values().forEach(
                problem -> problem.addHeader(CACHE_CONTROL, OASFactory.createHeader().ref(CACHE_CONTROL)));
    }

    static boolean needsToken(String path) {
        return path.startsWith(API) && !path.startsWith(INBOUND);
    }

    private Set<String> statuses() {
        var statuses = new TreeSet<String>();
        statuses.addAll(Set.of("400", "404", "500", "503"));
        if (needsToken(path)) {
            statuses.addAll(Set.of("401", "403", "429"));
        }
        if (path.startsWith(INBOUND)) {
            statuses.addAll(Set.of("403", "429"));
        }
        if (answersContent()) {
            statuses.add("406");
        }
        if (operation.getRequestBody() != null) {
            statuses.addAll(Set.of("413", "415", "422"));
        }
        if (takesKey()) {
            statuses.addAll(Set.of("409", "422"));
        }
        if (has("304")) {
            statuses.add("412");
        }
        if (has("206")) {
            statuses.add("416");
        }
        // The statuses that the annotations of this operation name.
        operation.getResponses().getAPIResponses().keySet().stream().filter(it -> it.startsWith("4")).forEach(statuses::add);
        return statuses;
    }

    private boolean answersContent() {
        return operation.getResponses().getAPIResponses().entrySet().stream()
                .anyMatch(it -> it.getKey().startsWith("2") && it.getValue().getContent() != null);
    }

    /** Whether the operation takes an Idempotency-Key: it creates something, or is in the list. */
    private boolean takesKey() {
        var creates = needsToken(path) && method == HttpMethod.POST && (has("201") || has("202"));
        return creates || WITH_KEY.contains(operation.getOperationId());
    }

    private boolean has(String status) {
        return operation.getResponses().hasAPIResponse(status);
    }

    /** Adds the common description of a problem, unless the operation has its own. */
    private void problem(String status) {
        var own = operation.getResponses().getAPIResponse(status);
        if (own == null) {
            operation.getResponses().addAPIResponse(status, OASFactory.createAPIResponse().ref(status));
        } else if (own.getContent() == null) {
            var kind = Objects.requireNonNull(components.getResponses().get(status), status);
            own.setContent(kind.getContent());
            own.setHeaders(kind.getHeaders());
        }
    }

    private void page(String status) {
        var own = operation.getResponses().getAPIResponse(status);
        var kind = Objects.requireNonNull(components.getResponses().get(status), status);
        var content = OASFactory.createContent();
        kind.getContent().getMediaTypes().forEach(content::addMediaType);
        content.addMediaType("text/html", OASFactory.createMediaType().schema(OASFactory.createSchema().ref("HtmlPage")));
        var description = own.getDescription() == null ? kind.getDescription() : own.getDescription();
        operation.getResponses().addAPIResponse(
                status, OASFactory.createAPIResponse().description(description).content(content).headers(kind.getHeaders()));
    }

    private void headers(String status, APIResponse answer) {
        if (answer.getRef() == null) {
            header(answer, CACHE_CONTROL);
        }
        switch (status) {
            case "201" -> header(answer, "Location");
            case "202" -> {
                header(answer, "Location");
                header(answer, "Retry-After");
            }
            case "200", "206", "304" -> read(status, answer);
            default -> {}
        }
        if (takesKey() && status.startsWith("2")) {
            header(answer, "Idempotency-Replayed");
        }
    }

    /** Headers for reading: ETag for what can change, Retry-After for work in progress, name and range for files. */
    private void read(String status, APIResponse answer) {
        if (has("304")) {
            header(answer, "ETag");
            if (isJson()) {
                header(answer, "Retry-After", "Retry-After-until-done");
            }
        }
        if (has("206") && !status.equals("304")) {
            header(answer, "Accept-Ranges");
            header(answer, "Content-Disposition");
        }
        if (status.equals("206")) {
            header(answer, "Content-Range");
        }
    }

    private boolean isJson() {
        var ok = operation.getResponses().getAPIResponse("200");
        return ok != null && ok.getContent() != null && ok.getContent().hasMediaType(JSON);
    }

    private void header(APIResponse answer, String name) {
        header(answer, name, name);
    }

    private void header(APIResponse answer, String name, String component) {
        answer.addHeader(name, OASFactory.createHeader().ref(component));
    }

    private void parameters() {
        if (operation.getParameters() != null) {
            operation.setParameters(operation.getParameters().stream().map(this::known).toList());
        }
        if (takesKey()) {
            operation.addParameter(OASFactory.createParameter().ref(KEY));
        }
        if (has("304")) {
            operation.addParameter(OASFactory.createParameter().ref("If-None-Match"));
        }
    }

    /** Refers to the shared description if the parameter has none of its own. */
    private Parameter known(Parameter own) {
        var known = own.getName() == null ? null : components.getParameters().get(own.getName());
        var isShared = known != null && known.getIn() == own.getIn() && own.getDescription() == null;
        return isShared ? OASFactory.createParameter().ref(own.getName()) : own;
    }
}
