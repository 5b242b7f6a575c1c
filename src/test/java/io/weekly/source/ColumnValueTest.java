package io.weekly.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.mysqlclient.data.spatial.Point;
import io.vertx.sqlclient.Tuple;
import io.vertx.sqlclient.data.Numeric;
import io.weekly.database.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnValueTest {

    @Property
    void bitsAreANumberWithoutASign(@ForAll @Size(min = 1, max = 8) byte[] bits) {
        var value = ColumnValue.of(ColumnType.BIT, Buffer.buffer(bits));

        assertThat(new BigDecimal(String.valueOf(value)).toBigIntegerExact()).isEqualTo(new BigInteger(1, bits));
        assertThat(value).isInstanceOfAny(Long.class, BigDecimal.class);
    }

    @Property
    void anyOtherBytesAreHex(@ForAll byte[] bytes) {
        var hex = (String) ColumnValue.of(ColumnType.OTHER, Buffer.buffer(bytes));

        assertThat(hex).matches("0x([0-9A-F]{2})*").hasSize(2 + 2 * bytes.length);
        assertThat(new BigInteger("0" + hex.substring(2), 16)).isEqualTo(new BigInteger(1, bytes));
    }

    @Property
    void bytesThatAreNoGeometryAreRefusedAndNothingElseHappens(@ForAll byte[] bytes) {
        try {
            assertThat((String) ColumnValue.of(ColumnType.GEOMETRY, Buffer.buffer(bytes))).isNotEmpty();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("geometr");
        }
    }

    @Test
    void aGeometryThatClaimsBillionsOfPointsIsRefused() {
        var line = Buffer.buffer().appendIntLE(0).appendByte((byte) 1).appendIntLE(2).appendIntLE(Integer.MAX_VALUE);

        assertThatThrownBy(() -> ColumnValue.of(ColumnType.GEOMETRY, line)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the server sent a geometry that ends too early");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', nullValues = "none", value = {
        "null | none", "true | 1", "false | 0", "12 | 12", "-0.10 | -0.10", "12345678901234567.89 | 12345678901234567.89",
        "18446744073709551615 | 18446744073709551615", "1e3 | 1E+3", "\"\" | ^^", "\"a\\nb\" | ^a\nb^", "\"null\" | null",
        "[1, null] | [1, null]", "{\"a\": 1.10} | {\"a\": 1.10}"})
    void aJsonValueIsExact(String json, String expected) {
        var value = ColumnValue.of(ColumnType.JSON, Buffer.buffer(json));

        assertThat(value == null ? null : value.toString()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(floats = {0.1f, 1e10f, -3.5f})
    void aFloatHasTheDigitsThatItIsWrittenWith(float number) {
        assertThat(ColumnValue.of(ColumnType.OTHER, number)).isEqualTo(new BigDecimal(Float.toString(number)));
    }

    static Stream<Object> classesThatTemplatesDoNotKnow() {
        return Stream.of(new Point(4326, 1, 2), new JsonObject(), Tuple.JSON_NULL, List.of(1), true, 'c', new Object());
    }

    @ParameterizedTest
    @MethodSource("classesThatTemplatesDoNotKnow")
    void aValueOfAnotherClassIsAnErrorAndNotItsIdentity(Object value) {
        assertThatThrownBy(() -> ColumnValue.of(ColumnType.OTHER, value)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CAST");
    }

    @Test
    void valuesOfTheClientBecomeTheTypesOfTemplates() {
        assertThat(ColumnValue.of(ColumnType.OTHER, (byte) -1)).isEqualTo(-1L);
        assertThat(ColumnValue.of(ColumnType.YEAR, (short) 2026)).isEqualTo(2026L);
        assertThat(ColumnValue.of(ColumnType.OTHER, Numeric.create(new BigDecimal("1.20")))).isEqualTo(new BigDecimal("1.20"));
        assertThat(ColumnValue.of(ColumnType.OTHER, Duration.ofSeconds(-1))).isEqualTo("-00:00:01");
        assertThat(ColumnValue.of(ColumnType.OTHER, null)).isNull();
    }
}
