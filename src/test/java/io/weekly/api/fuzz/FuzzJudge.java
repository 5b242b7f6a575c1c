package io.weekly.api.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import io.weekly.api.http.Problem;
import io.weekly.testing.ApiDocument;
import io.weekly.testing.ApiDocument.Operation;
import io.weekly.testing.RawHttp.Answer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks one response: no failure, no internals, and nothing that the description does not have. */
final class FuzzJudge {

    /** Internals that a response must not show. */
    private static final Pattern INSIDE = Pattern.compile(
            "io\\.weekly|Exception|SQLSTATE|SELECT |INSERT |at java|java\\.|jakarta|com\\.fasterxml|mysql|mariadb|vertx|netty|quarkus|"
                    + Pattern.quote(System.getProperty("user.dir")) + "|" + Pattern.quote(System.getProperty("java.io.tmpdir")),
            Pattern.CASE_INSENSITIVE);
    private static final Set<String> TEXTS =
            Set.of("application/json", Problem.MEDIA_TYPE, "text/csv", "text/html", "text/plain", "application/yaml", "");
    /** If the request line or a header is too long, or if the target is not a URI, the server responds without a problem. */
    private static final Set<Integer> TOO_LONG = Set.of(414, 431);
    private static final int LIMIT = 1_048_576;

    private final ApiDocument document;
    private final FuzzRequest request;
    private final Answer answer;
    private final List<String> wrong = new ArrayList<>();

    private FuzzJudge(ApiDocument document, FuzzRequest request, Answer answer) {
        this.document = document;
        this.request = request;
        this.answer = answer;
    }

    static List<String> wrong(ApiDocument document, FuzzRequest request, Answer answer) {
        var judge = new FuzzJudge(document, request, answer);
        judge.judge();
        return judge.wrong;
    }

    private void judge() {
        wrong.addAll(leaks(answer));
        expect(answer.status() < 500, "a request must not be able to make the service fail");
        if (TOO_LONG.contains(answer.status()) || answer.status() == 400 && !isUri(request.target())) {
            expect(answer.body().length == 0, "what is not even read has no body");
            return;
        }
        var isError = answer.status() >= 400 && answer.status() < 500;
        if (isError && !request.method().equals("HEAD")) {
            problem();
        }
        var method = request.method().equals("HEAD") ? "GET" : request.method();
        if (!request.plain()) {
            return;
        }
        var asked = method.equals(method.toUpperCase(Locale.ROOT)) ? method : "none";
        document.operation(request.operation().path(), asked).ifPresentOrElse(this::described, this::notDescribed);
    }

    private static boolean isUri(String target) {
        try {
            new URI(target);
            return true;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    static List<String> leaks(Answer answer) {
        var leaks = new ArrayList<String>();
        var text = String.join("\n", answer.headers()) + "\n" + (TEXTS.contains(answer.mediaType()) ? answer.text() : "");
        var inside = INSIDE.matcher(text);
        if (inside.find()) {
            var around = text.substring(Math.max(0, inside.start() - 100), Math.min(text.length(), inside.end() + 100));
            leaks.add("says something of what is inside: " + around);
        }
        return leaks;
    }

    private void problem() {
        // Where a browser gets a page instead, the description says so.
        var isPage = answer.mediaType().equals("text/html") && request.operation().path().matches("/(unsubscribe|d)/.*");
        expect(isPage || answer.mediaType().equals(Problem.MEDIA_TYPE), "a refusal has to be a problem, and is " + answer.mediaType());
        if (answer.mediaType().equals(Problem.MEDIA_TYPE)) {
            var problem = json();
            wrong.addAll(document.errors(document.root().at("/components/schemas/Problem"), problem));
            expect(problem.path("status").asInt() == answer.status(), "the problem has another status");
        }
        expect(answer.status() != 401 || answer.header("WWW-Authenticate").isPresent(), "a 401 has to say what is asked for");
        expect(answer.status() != 405 || answer.header("Allow").isPresent(), "a 405 has to say what there is");
    }

    private void described(Operation operation) {
        var described = document.resolve(operation.json().get("responses").get(Integer.toString(answer.status())));
        if (described == null) {
            var tooLarge = answer.status() == 413 && request.body().filter(it -> it.length > LIMIT).isPresent();
            expect(tooLarge || isUnreadable(), "the status is not described");
            return;
        }
        described.path("headers").properties().forEach(header -> expect(
                !document.resolve(header.getValue()).path("required").asBoolean() || answer.header(header.getKey()).isPresent(),
                header.getKey() + " is missing"));
        if (request.method().equals("HEAD")) {
            expect(answer.body().length == 0, "a HEAD has no body");
        } else if (!described.has("content")) {
            expect(answer.body().length == 0, "a body is not described");
        } else if (!described.get("content").has(answer.mediaType())) {
            wrong.add("the media type " + answer.mediaType() + " is not described");
        } else if (answer.mediaType().equals("application/json")) {
            wrong.addAll(document.errors(described.get("content").get("application/json").get("schema"), json()));
        }
    }

    /** Refused before an operation is chosen. */
    private boolean isUnreadable() {
        return answer.status() == 415 && request.headers().stream().anyMatch(it -> it.startsWith("Content-Type"));
    }

    private void notDescribed() {
        var isOptions = request.method().equals("OPTIONS");
        expect(isOptions ? answer.status() == 204 || answer.status() == 200 : answer.status() == 405 || answer.status() == 413,
                "%s is not described here".formatted(request.method().toUpperCase(Locale.ROOT)));
    }

    private JsonNode json() {
        return ApiDocument.read(answer.body());
    }

    private void expect(boolean right, String otherwise) {
        if (!right) {
            wrong.add(otherwise);
        }
    }
}
