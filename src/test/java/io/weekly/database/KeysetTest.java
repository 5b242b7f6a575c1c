package io.weekly.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class KeysetTest {

    private static final int PAGE = 3;

    private final TreeSet<Integer> table = new TreeSet<>(List.of(1, 2, 3, 4, 5, 6, 7));
    private final List<Integer> keysRead = new ArrayList<>();

    @Test
    void allRowsAreReadInTheOrderOfTheirKeys() {
        assertThat(rows()).containsExactly(1, 2, 3, 4, 5, 6, 7);
        assertThat(keysRead).containsExactly(0, 3, 6, 7);
    }

    @Test
    void anEmptyTableHasNoRows() {
        table.clear();

        assertThat(rows()).isEmpty();
        assertThat(keysRead).containsExactly(0);
    }

    @Test
    void rowsThatAreAddedOrDeletedMeanwhileNeitherShiftNorRepeatOthers() {
        var rows = Keyset.rows(0, this::read, row -> row)
                .invoke(row -> {
                    if (row == 3) {
                        table.removeAll(List.of(1, 2, 3));
                        table.add(8);
                    }
                })
                .collect()
                .asList()
                .await()
                .indefinitely();

        assertThat(rows).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void aPageIsReadOnlyAfterTheRowsBeforeIt() {
        var events = new ArrayList<String>();

        Keyset.rows(0, after -> read(after).invoke(() -> events.add("read after " + after)), row -> row)
                .onItem()
                .transformToUniAndConcatenate(row -> Uni.createFrom().item(row).invoke(() -> events.add("row " + row)))
                .collect()
                .asList()
                .await()
                .indefinitely();

        assertThat(events).startsWith("read after 0", "row 1", "row 2", "row 3", "read after 3", "row 4");
    }

    @Test
    void eachSubscriptionStartsAtTheFirstKey() {
        var rows = Keyset.rows(0, this::read, row -> row).collect().asList();

        assertThat(rows.await().indefinitely()).isEqualTo(rows.await().indefinitely()).hasSize(7);
    }

    private List<Integer> rows() {
        return Keyset.rows(0, this::read, row -> row).collect().asList().await().indefinitely();
    }

    private Uni<List<Integer>> read(Integer after) {
        return Uni.createFrom().item(() -> {
            keysRead.add(after);
            return table.tailSet(after, false).stream().limit(PAGE).toList();
        });
    }
}
