package io.weekly.source;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the values of each type of column, on a real server. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class DatasetsValuesTest extends DatasetReading {

    private final String table = "value_" + mark.replace('-', '_');

    @ParameterizedTest
    @ValueSource(strings = {
        "2026-11-00", "2026-00-00", "2026-00-16", "0000-00-16", "0000-00-00", "0000-01-01", "2026-02-30", "2026-11-31", "2025-02-29"})
    void aRowWithAnImpossibleDayIsNotLost(String day) {
        lenient("CREATE TABLE " + table + " (d DATE, t DATETIME, f DATETIME(6), n INT)",
                "INSERT INTO %s VALUES ('2026-11-16', '2026-11-16', '2026-11-16', 1000)".formatted(table),
                "INSERT INTO %1$s VALUES ('%2$s', '%2$s 06:30:05', '%2$s 06:30:05.25', 5000)".formatted(table, day),
                "INSERT INTO %s VALUES ('2026-11-17', '2026-11-17', '2026-11-17', 500)".formatted(table));
        var definition = definition("{}", Map.of("rows", "SELECT * FROM %s WHERE :tenant <> '' ORDER BY n DESC".formatted(table)));

        var rows = read(definition).datasets().get("rows");
        var shared = get(datasets.readForRun("run " + mark, definition, parameters("u-1"))).datasets().get("rows");

        assertThat(rows).extracting(row -> row.get("n")).containsExactly(5000L, 1000L, 500L);
        assertThat(String.valueOf(rows.getFirst().get("d"))).isEqualTo(day.equals("0000-00-00") ? "null" : day);
        assertThat(String.valueOf(rows.getFirst().get("t")).replace('T', ' ')).isEqualTo(day + " 06:30:05");
        assertThat(String.valueOf(rows.getFirst().get("f")).replace('T', ' ').replaceFirst("0+$", "")).isEqualTo(day + " 06:30:05.25");
        assertThat(shared).isEqualTo(rows);
    }

    @Test
    void aTimestampOfZerosIsMissing() {
        lenient("CREATE TABLE " + table + " (t TIMESTAMP(3) NULL, n INT)", "INSERT INTO " + table + " VALUES ('0000-00-00', 1)",
                "INSERT INTO " + table + " VALUES ('2026-11-16 23:59:59.999', 2)");

        assertThat(values("SELECT t FROM " + table + " WHERE :tenant <> '' ORDER BY n"))
                .containsExactly(null, LocalDateTime.of(2026, 11, 16, 23, 59, 59, 999_000_000));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "BIT(64) | b'1000000000000000000000000000000000000000000000000000000000000001' | 9223372036854775809",
        "BIT(64) | b'0111111111111111111111111111111111111111111111111111111111111111' | 9223372036854775807",
        "BIT(1) | b'1' | 1",
        "BIT(12) | b'100000000001' | 2049",
        "BINARY(4) | X'00FF41E4' | 0x00FF41E4",
        "BINARY(4) | 'ab' | 0x61620000",
        "VARBINARY(20) | X'C3A4' | 0xC3A4",
        "VARBINARY(20) | '' | 0x",
        "BLOB | X'DEADBEEF' | 0xDEADBEEF",
        "LONGBLOB | '=1+1' | 0x3D312B31",
        "POINT | POINT(16.37, 48.2) | POINT(16.37 48.2)",
        "GEOMETRY | ST_GeomFromText('POINT(-0.5 1e20)') | POINT(-0.5 100000000000000000000)",
        "GEOMETRY | ST_GeomFromText('LINESTRING(0 0,1 1,2 0)') | LINESTRING(0 0,1 1,2 0)",
        "GEOMETRY | ST_GeomFromText('POLYGON((0 0,4 0,4 4,0 0),(1 1,2 1,2 2,1 1))') | POLYGON((0 0,4 0,4 4,0 0),(1 1,2 1,2 2,1 1))",
        "GEOMETRY | ST_GeomFromText('MULTIPOINT(1 2,3 4)') | MULTIPOINT((1 2),(3 4))",
        "GEOMETRY | ST_GeomFromText('MULTILINESTRING((0 0,1 1),(2 2,3 3))') | MULTILINESTRING((0 0,1 1),(2 2,3 3))",
        "GEOMETRY | ST_GeomFromText('MULTIPOLYGON(((0 0,4 0,4 4,0 0)))') | MULTIPOLYGON(((0 0,4 0,4 4,0 0)))",
        "GEOMETRY | ST_GeomFromText('GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1))') "
                + "| GEOMETRYCOLLECTION(POINT(1 2),LINESTRING(0 0,1 1))",
        "ENUM('small', 'größer') | 'größer' | größer",
        "SET('a', 'b', 'c') | 'a,c' | a,c",
        "YEAR | 2026 | 2026",
        "YEAR | 0 | 0",
        "BIGINT UNSIGNED | 18446744073709551615 | 18446744073709551615",
        "BIGINT | -9223372036854775808 | -9223372036854775808",
        "MEDIUMINT UNSIGNED | 16777215 | 16777215",
        "MEDIUMINT | -8388608 | -8388608",
        "TINYINT(1) | TRUE | 1",
        "TINYINT UNSIGNED | 255 | 255",
        "DECIMAL(65, 30) | 12345678901234567890123456789012345.123456789012345678901234567891 "
                + "| 12345678901234567890123456789012345.123456789012345678901234567891",
        "TIME(6) | '-838:59:58.000001' | -838:59:58.000001",
        "JSON | JSON_OBJECT('price', CAST('12345678901234567.89' AS DECIMAL(30, 2))) | {\"price\": 12345678901234567.89}"})
    void aValueIsExact(String type, String literal, String expected) {
        lenient("CREATE TABLE %s (v %s)".formatted(table, type), "INSERT INTO %s VALUES (%s), (NULL)".formatted(table, literal));

        var values = values("SELECT v FROM " + table + " WHERE :tenant <> '' ORDER BY v IS NULL");

        assertThat(values).hasSize(2);
        assertThat(values.get(0)).hasToString(expected);
        assertThat(values.get(1)).isNull();
        assertThat(values("SELECT v FROM " + table + " WHERE :tenant <> '' ORDER BY v IS NULL")).isEqualTo(values);
    }

    /** The server sends these results with the types of its functions, not of columns. */
    @Test
    void resultsOfFunctionsAreReadLikeColumns() {
        var rows = read(definition("{}", Map.of("rows", """
                SELECT UNHEX('FF') AS h, MAX(m.day) AS d, CAST('2026-11-16 01:02:03' AS DATETIME) AS t,
                       GROUP_CONCAT(DISTINCT m.metric) AS g, NULL AS n, 1 = 1 AS b, JSON_EXTRACT('{"a": [1, null], "b": 1.10}', '$.a') AS j
                FROM metric m JOIN tenant t ON t.id = m.tenant_id WHERE t.slug = :tenant"""))).datasets().get("rows");

        assertThat(rows.getFirst().values()).containsExactly(
                "0xFF", LocalDate.of(2026, 10, 4), LocalDateTime.of(2026, 11, 16, 1, 2, 3), "revenue", null, 1L, "[1, null]");
    }

    @Test
    void theYearsOfADatasetAreKnown() {
        lenient("CREATE TABLE %s (y YEAR, n INT)".formatted(table), "INSERT INTO %s VALUES (2026, 2026)".formatted(table));
        var sql = "SELECT y, n, y AS first FROM %s WHERE :tenant <> ''".formatted(table);

        var figures = read(definition("{}", Map.of("rows", sql)));

        assertThat(figures.datasets().get("rows")).containsExactly(Map.of("y", 2026L, "n", 2026L, "first", 2026L));
        assertThat(figures.years().get("rows")).containsExactlyInAnyOrder("y", "first");
    }

    @Test
    void aStatementThatIsReadTwiceGivesTheSameTypes() {
        var definition = definition("{}", Map.of(
                "a", "SELECT m.day, m.value FROM metric m JOIN tenant t ON t.id = m.tenant_id WHERE t.slug = :tenant",
                "b", "SELECT COUNT(*) AS n FROM metric m JOIN tenant t ON t.id = m.tenant_id WHERE t.slug = :tenant"));

        var figures = List.of(read(definition).datasets(), read(definition).datasets(), read(definition).datasets());

        assertThat(figures.get(0)).isEqualTo(figures.get(1)).isEqualTo(figures.get(2));
        assertThat(figures.getFirst().get("a")).hasSize(21).allSatisfy(row -> {
            assertThat(row.get("day")).isInstanceOf(LocalDate.class);
            assertThat(row.get("value")).isInstanceOf(BigDecimal.class);
        });
    }

    private List<Object> values(String sql) {
        var values = new ArrayList<Object>();
        read(definition("{}", Map.of("rows", sql))).datasets().get("rows").forEach(row -> values.addAll(row.values()));
        return values;
    }

    /** Runs the statements on a connection that stores impossible days. */
    private void lenient(String... statements) {
        var connection = get(own.getConnection());
        get(connection.query("SET SESSION sql_mode = 'ALLOW_INVALID_DATES'").execute());
        for (var statement : statements) {
            get(connection.query(statement).execute());
        }
        get(connection.query("SET SESSION sql_mode = DEFAULT").execute());
        get(connection.close());
    }
}
