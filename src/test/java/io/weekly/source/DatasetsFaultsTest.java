package io.weekly.source;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of datasets that only the server can find. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class DatasetsFaultsTest extends DatasetReading {

    @ParameterizedTest
    @ValueSource(strings = {
        "SELECT t.name FROM tenant t WHERE t.slug = :tenant AND COUNT(*) > 0 | Invalid use of group function (1111)",
        "SELECT 1 AS a FROM tenant t WHERE t.slug = :tenant AND t.name COLLATE utf8mb4_bin = t.name COLLATE utf8mb4_general_ci | (1267)"})
    void errorsWithTheGeneralSqlStateAreFaultsOfTheDataset(String sqlAndReason) {
        var both = sqlAndReason.split(" \\| ");

        assertThatThrownBy(() -> read(definition("{}", Map.of("rows", both[0]))))
                .isInstanceOf(DatasetException.class)
                .hasMessageStartingWith("d/rows.sql: ")
                .hasMessageContaining(both[1]);
    }

    @Test
    void twoColumnsWithTheSameNameFailTheReport() {
        assertThatThrownBy(() -> read(definition("{}", Map.of("rows", "SELECT 1 AS a, 2 AS b, 3 AS A FROM tenant WHERE slug = :tenant"))))
                .isInstanceOf(DatasetException.class)
                .hasMessage("d/rows.sql: returns two columns named a; rename one of them with AS");
    }
}
