package io.weekly.audit.seal;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.weekly.database.Database;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads with the reactive client of the service and waits for each answer. Use it on a worker thread only.
 *
 * @param tenantId counts only unsealed events of this tenant; null counts all
 */
record ServiceTrail(Database database, @Nullable Integer tenantId) implements Trail {

    static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Override
    public List<List<String>> rows(String sql) {
        return get(database.client().query(sql).execute().map(rows ->
                StreamSupport.stream(rows.spliterator(), false).map(ServiceTrail::texts).toList()));
    }

    private static List<String> texts(Row row) {
        return IntStream.range(0, row.size())
                .mapToObj(i -> String.valueOf(Objects.requireNonNullElse(row.getValue(i), TrailTables.NULL)))
                .toList();
    }

    @Override
    public Optional<Seal> head() {
        return get(Seals.head(database.client()));
    }

    @Override
    public Optional<Seal> seal(long number) {
        return get(Seals.find(database.client(), number));
    }

    @Override
    public Optional<Seal> newestPruning() {
        return get(Seals.newestPruning(database.client()));
    }

    @Override
    public List<Seal> seals(long after, long last, int limit) {
        return get(Seals.page(database.client(), after, last, limit));
    }

    @Override
    public void events(IdRanges ids, Consumer<SealedEvent> reader) {
        EventRows.byId(database.client(), ids, reader).await().atMost(TIMEOUT);
    }

    @Override
    public void events(long first, long last, Consumer<SealedEvent> reader) {
        EventRows.inRange(database.client(), first, last, event -> accept(reader, event)).await().atMost(TIMEOUT);
    }

    private static boolean accept(Consumer<SealedEvent> reader, SealedEvent event) {
        reader.accept(event);
        return true;
    }

    @Override
    public Optional<Long> belowFirst() {
        return get(EventRows.belowFirst(database.client()));
    }

    @Override
    public Optional<Long> sealBelowFirst() {
        return get(Seals.belowFirst(database.client()));
    }

    @Override
    public UnsealedEvents unsealed(long after) {
        return get(EventRows.unsealed(database.client(), after, tenantId));
    }

    private static <T> T get(Uni<T> answer) {
        return answer.await().atMost(TIMEOUT);
    }
}
