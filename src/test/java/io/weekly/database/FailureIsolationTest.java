package io.weekly.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureIsolationTest {

    private final List<Throwable> logged = new ArrayList<>();

    @Test
    void aResultPassesThrough() {
        assertThat(isolated(Uni.createFrom().item("done"))).isEqualTo("done");
        assertThat(logged).isEmpty();
    }

    @Test
    void aFailureIsLoggedAndBecomesNull() {
        var failure = new IllegalStateException("broken");

        assertThat(isolated(Uni.createFrom().failure(failure))).isNull();
        assertThat(logged).containsExactly(failure);
    }

    @Test
    void anOutageOfTheDatabaseIsNotLoggedForEachItem() {
        var away = new DatabaseAwayException(new ConnectException("refused"));

        assertThat(isolated(Uni.createFrom().failure(away))).isNull();
        assertThat(logged).isEmpty();
    }

    private String isolated(Uni<String> work) {
        return FailureIsolation.isolate(work, logged::add).await().indefinitely();
    }
}
