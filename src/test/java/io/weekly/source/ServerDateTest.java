package io.weekly.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerDateTest {

    /** Every day that a server can store is either a day or its text. */
    @Property
    void aDayIsADayOfTheCalendarOrItsText(
            @ForAll @IntRange(max = 9999) int year, @ForAll @IntRange(max = 15) int month, @ForAll @IntRange(max = 31) int day) {
        var text = "%04d-%02d-%02d".formatted(year, month, day);

        var date = existing(year, month, day);
        assertThat(ServerDate.day(bytes(year, month, day))).isEqualTo(date == null ? text : date);
    }

    @Property
    void aMomentIsAMomentOfTheCalendarOrItsText(
            @ForAll @IntRange(max = 9999) int year, @ForAll @IntRange(max = 12) int month, @ForAll @IntRange(max = 31) int day,
            @ForAll @IntRange(max = 86_399) int second, @ForAll @IntRange(max = 999_999) int micros) {
        var value = ServerDate.moment(bytes(year, month, day)
                .appendByte((byte) (second / 3600)).appendByte((byte) (second / 60 % 60)).appendByte((byte) (second % 60))
                .appendIntLE(micros));

        var date = existing(year, month, day);
        if (date == null) {
            assertThat((String) value).startsWith("%04d-%02d-%02d %02d:".formatted(year, month, day, second / 3600));
        } else {
            assertThat(value).isEqualTo(date.atStartOfDay().plusSeconds(second).plusNanos(micros * 1000L));
        }
    }

    @Test
    void theServerLeavesOutZeros() {
        assertThat(ServerDate.day(Buffer.buffer())).isNull();
        assertThat(ServerDate.moment(Buffer.buffer())).isNull();
        assertThat(ServerDate.moment(bytes(2026, 11, 16))).isEqualTo(LocalDateTime.of(2026, 11, 16, 0, 0));
        assertThat(ServerDate.moment(bytes(2026, 11, 0))).isEqualTo("2026-11-00 00:00:00");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 8, 12})
    void bytesOfAnotherLengthAreRefused(int length) {
        assertThatThrownBy(() -> ServerDate.moment(Buffer.buffer(new byte[length]))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(length + " bytes");
    }

    private static Buffer bytes(int year, int month, int day) {
        return Buffer.buffer().appendUnsignedShortLE(year).appendByte((byte) month).appendByte((byte) day);
    }

    private static LocalDate existing(int year, int month, int day) {
        try {
            return LocalDate.of(year, month, day);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
