package io.weekly.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.weekly.access.IdempotencyKeys.Answer;
import io.weekly.access.IdempotencyKeys.Outcome;
import io.weekly.access.IdempotencyKeys.Request;
import io.weekly.database.Database;
import io.weekly.tenant.Scope;
import io.weekly.testing.TestServers;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class IdempotencyKeysTest {

    private static final Answer ANSWER = new Answer(201, Map.of("Location", "/things/1"), "{\"name\":\"é\"}");
    private static final Duration A_DAY = Duration.ofHours(24);

    @Inject
    Database database;

    @Inject
    ObjectMapper json;

    @Inject
    Clock clock;

    private final String user = "u-" + UUID.randomUUID();
    private final AtomicInteger runs = new AtomicInteger();
    private IdempotencyKeys keys;

    @BeforeEach
    void theKeys() {
        keys = at(clock);
    }

    @Test
    void aRepeatedRequestGetsTheFirstAnswerAndItsWorkRunsOnce() {
        assertThat(execute(request("POST /things", "k", "body"))).isEqualTo(new Outcome.New(ANSWER));
        assertThat(execute(request("POST /things", "k", "body"))).isEqualTo(new Outcome.Replayed(ANSWER));

        assertThat(runs).hasValue(1);
    }

    @Test
    void theSameKeyWithAnotherBodyIsRefused() {
        execute(request("POST /things", "k", "body"));

        assertThat(execute(request("POST /things", "k", "other"))).isInstanceOf(Outcome.BodyMismatch.class);
        assertThat(runs).hasValue(1);
    }

    @Test
    void anotherKeyRouteOrCallerIsAnotherRequest() {
        execute(request("POST /things", "k", "body"));

        assertThat(List.of(
                        request("POST /things", "l", "body"),
                        request("POST /others", "k", "body"),
                        new Request(caller(user + "x", Role.OPERATOR), "POST /things", "k", bytes("body")),
                        new Request(caller(user, Role.TENANT_ADMIN), "POST /things", "k", bytes("body"))))
                .allSatisfy(other -> assertThat(execute(other)).isInstanceOf(Outcome.New.class));
    }

    @Test
    void workThatFailsStoresNoAnswer() {
        var request = request("POST /things", "k", "body");

        assertThatThrownBy(() -> execute(keys, request, () -> Uni.createFrom().failure(new IllegalStateException("no"))))
                .hasMessage("no");

        assertThat(execute(request)).isInstanceOf(Outcome.New.class);
    }

    @Test
    void whileARequestRunsItsRepetitionIsInProgress() {
        var request = request("POST /things", "k", "body");
        var started = new CompletableFuture<Void>();
        var finish = new CompletableFuture<Answer>();
        var first = CompletableFuture.supplyAsync(() -> execute(keys, request, () -> {
            var context = Vertx.currentContext();
            started.complete(null);
            return Uni.createFrom().completionStage(finish).emitOn(run -> context.runOnContext(_ -> run.run()));
        }));
        started.orTimeout(20, TimeUnit.SECONDS).join();

        assertThat(execute(request)).isInstanceOf(Outcome.InProgress.class);

        finish.complete(ANSWER);
        assertThat(first.orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(new Outcome.New(ANSWER));
        assertThat(execute(request)).isEqualTo(new Outcome.Replayed(ANSWER));
        assertThat(runs).hasValue(0);
    }

    @Test
    void aKeyIsNewAgainAfterADay() {
        var request = request("POST /things", "k", "body");
        execute(request);

        assertThat(execute(at(Clock.offset(clock, A_DAY.minusMinutes(1))), request, this::work)).isInstanceOf(Outcome.Replayed.class);
        assertThat(execute(at(Clock.offset(clock, A_DAY.plusMinutes(1))), request, this::work)).isInstanceOf(Outcome.New.class);
    }

    @Test
    void pruningDeletesOnlyAnswersThatAreOlderThanADay() {
        var request = request("POST /things", "k", "body");
        execute(request);

        await(() -> keys.prune());
        assertThat(execute(request)).isInstanceOf(Outcome.Replayed.class);

        await(() -> at(Clock.offset(clock, A_DAY.plusMinutes(1))).prune());
        assertThat(execute(request)).isInstanceOf(Outcome.New.class);
    }

    private IdempotencyKeys at(Clock time) {
        return new IdempotencyKeys(database, json, time);
    }

    private Request request(String route, String key, String body) {
        return new Request(caller(user, Role.OPERATOR), route, key, bytes(body));
    }

    private static Caller caller(String userId, Role role) {
        return new Caller(userId, role, Optional.empty(), Optional.empty(), Scope.EVERY_TENANT);
    }

    private static byte[] bytes(String body) {
        return body.getBytes(StandardCharsets.UTF_8);
    }

    private Uni<Answer> work() {
        runs.incrementAndGet();
        return Uni.createFrom().item(ANSWER);
    }

    private Outcome execute(Request request) {
        return execute(keys, request, this::work);
    }

    private static Outcome execute(IdempotencyKeys keys, Request request, Supplier<Uni<Answer>> work) {
        return await(() -> keys.executeOnce(request, work));
    }

    /** On a Vert.x context like that of a request. */
    private static <T> T await(Supplier<Uni<T>> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(work);
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }
}
