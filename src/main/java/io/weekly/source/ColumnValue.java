package io.weekly.source;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.sqlclient.data.Numeric;
import io.weekly.database.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Converts a value of a result to one of the few types that templates know: Long, BigDecimal, String, LocalDate, LocalDateTime or null. The
 * same value of the database always gives the same result, without a loss. A value of another class is an error.
 */
final class ColumnValue {

    private ColumnValue() {}

    /**
     * @param type the type of the column
     * @param value as the client returns it; the bytes of the value if the client cannot read the type exactly
     * @throws IllegalArgumentException if the value cannot be converted
     */
    static @Nullable Object of(ColumnType type, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Buffer bytes -> ofBytes(type, bytes);
            case Numeric number -> number.isNaN() ? null : number.bigDecimalValue();
            case Double number -> BigDecimal.valueOf(number);
            case Float number -> new BigDecimal(number.toString());
            case Byte number -> number.longValue();
            case Short number -> number.longValue();
            case Integer number -> number.longValue();
            case Duration time -> clock(time);
            case Long _, BigDecimal _, String _, LocalDate _, LocalDateTime _ -> value;
            default -> throw new IllegalArgumentException(
                    "the service cannot read a " + value.getClass().getSimpleName() + "; convert it in the query, for example with CAST");
        };
    }

    private static @Nullable Object ofBytes(ColumnType type, Buffer bytes) {
        return switch (type) {
            case DATE -> ServerDate.day(bytes);
            case DATETIME -> ServerDate.moment(bytes);
            case BIT -> whole(new BigInteger(1, bytes.getBytes()));
            case GEOMETRY -> Wkt.of(bytes);
            case JSON -> json(bytes.toString(StandardCharsets.UTF_8));
            case YEAR, OTHER -> "0x" + HexFormat.of().withUpperCase().formatHex(bytes.getBytes());
        };
    }

    private static Number whole(BigInteger number) {
        return number.bitLength() < Long.SIZE ? (Number) number.longValue() : new BigDecimal(number);
    }

    /** A single JSON value becomes a plain value, as on MariaDB. Objects and arrays stay the text that the server sends. */
    private static @Nullable Object json(String text) {
        return switch (text) {
            case "null" -> null;
            case "true" -> 1L;
            case "false" -> 0L;
            default -> switch (text.charAt(0)) {
                case '"' -> Json.decodeValue(text);
                case '{', '[' -> text;
                default -> number(new BigDecimal(text));
            };
        };
    }

    private static Number number(BigDecimal number) {
        return number.scale() == 0 ? whole(number.toBigIntegerExact()) : number;
    }

    /** Writes a TIME as the server does, without trailing zeros: {@code 12:34:56}, {@code -838:59:59}, {@code 00:00:07.25}. */
    private static String clock(Duration time) {
        var length = time.abs();
        return String.format(Locale.ROOT, "%s%02d:%02d:%02d%s",
                time.isNegative() ? "-" : "", length.toHours(), length.toMinutesPart(), length.toSecondsPart(),
                ServerDate.fraction(length.getNano() / 1000));
    }
}
