package io.weekly.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResultColumnsTest {

    private static final int PREPARE = 0x16;
    private static final int EXECUTE = 0x17;
    private static final int QUERY = 3;
    private static final int CLOSE = 0x19;
    private static final int UTF8 = 45;
    private static final int BINARY = 63;

    private final ResultColumns columns = new ResultColumns();
    private final EmbeddedChannel channel = new EmbeddedChannel(columns);

    /** The client logs a warning for every type that it does not know: ENUM 247, SET 248, VECTOR 242. */
    @ParameterizedTest
    @ValueSource(ints = {247, 248, 242, 15, 0, 20})
    void theClientGetsNoTypeThatItDoesNotKnow(int code) {
        for (var command : new int[] {PREPARE, EXECUTE}) {
            send(command);

            assertThat(type(receive(definition(code, UTF8)))).isEqualTo(254);
        }
    }

    @ParameterizedTest
    @CsvSource({"7, DATETIME", "10, DATE", "12, DATETIME", "16, BIT", "245, JSON", "255, GEOMETRY"})
    void aTypeThatTheClientDoesNotReadExactlyBecomesBytesOnDemand(int code, ColumnType type) {
        send(EXECUTE);
        assertThat(type(receive(definition(code, UTF8)))).isEqualTo(code);

        columns.exact();
        send(EXECUTE);
        var changed = receive(definition(code, UTF8));

        assertThat(type(changed)).isEqualTo(252);
        assertThat(charset(changed)).isEqualTo(BINARY);
        assertThat(columns.type(0)).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 8, 9, 11, 13, 246, 249, 250, 251, 252, 253, 254})
    void anyOtherTypeStays(int code) {
        columns.exact();
        send(EXECUTE);

        var same = receive(definition(code, UTF8));

        assertThat(type(same)).isEqualTo(code);
        assertThat(charset(same)).isEqualTo(UTF8);
    }

    @Test
    void theTypesAreThoseOfTheLastExecution() {
        send(EXECUTE);
        receive(definition(10, BINARY));
        receive(definition(13, BINARY));
        send(CLOSE);
        assertThat(columns.type(1)).isEqualTo(ColumnType.YEAR);

        send(EXECUTE);
        receive(definition(16, BINARY));

        assertThat(columns.type(0)).isEqualTo(ColumnType.BIT);
    }

    /** The value of a column may look like a definition. */
    @Test
    void rowsAreNeverChanged() {
        columns.exact();
        send(QUERY);
        assertThat(type(receive(definition(10, UTF8)))).isEqualTo(10);

        send(EXECUTE);
        receive(definition(253, UTF8));
        receive(packet(Unpooled.buffer().writeByte(0).writeByte(0).writeByte(1).writeByte('x')));
        assertThat(type(receive(definition(10, UTF8)))).isEqualTo(10);
    }

    @Test
    void theRowsOfTheLastExecutionAreCounted() {
        send(PREPARE);
        receive(packet(Unpooled.buffer().writeByte(0).writeIntLE(1).writeShortLE(1).writeShortLE(0).writeByte(0).writeShortLE(0)));
        receive(definition(253, UTF8));
        send(EXECUTE);
        receive(packet(Unpooled.buffer().writeByte(1)));
        receive(definition(253, UTF8));
        assertThat(columns.rows()).isZero();

        receive(packet(Unpooled.buffer().writeByte(0).writeByte(4)));
        receive(packet(Unpooled.buffer().writeByte(0).writeByte(0).writeByte(1).writeByte('x')));
        receive(packet(Unpooled.buffer().writeByte(0xFE).writeZero(6)));

        assertThat(columns.rows()).isEqualTo(2);
        send(EXECUTE);
        assertThat(columns.rows()).isZero();
    }

    @Test
    void aRowThatFillsItsPacketIsFollowedByAnEmptyOne() {
        send(EXECUTE);
        receive(definition(253, UTF8));

        receive(packet(Unpooled.buffer().writeByte(0).writeZero(0xFFFFFE)));
        receive(packet(Unpooled.buffer()));
        receive(packet(Unpooled.buffer().writeByte(0).writeByte(0).writeByte(1).writeByte('x')));

        assertThat(columns.rows()).isEqualTo(2);
    }

    private void send(int command) {
        channel.writeOutbound(packet(Unpooled.buffer().writeByte(command)));
    }

    private ByteBuf receive(ByteBuf packet) {
        channel.writeInbound(packet);
        return channel.readInbound();
    }

    private static ByteBuf packet(ByteBuf payload) {
        return Unpooled.buffer().writeMediumLE(payload.readableBytes()).writeByte(0).writeBytes(payload);
    }

    /** The protocol's Column Definition 41. */
    private static ByteBuf definition(int type, int charset) {
        var payload = Unpooled.buffer();
        for (var text : new String[] {"def", "shop", "o", "orders", "at", "at"}) {
            payload.writeByte(text.length()).writeBytes(text.getBytes(StandardCharsets.UTF_8));
        }
        payload.writeByte(12).writeShortLE(charset).writeIntLE(10).writeByte(type).writeShortLE(0).writeByte(0).writeShortLE(0);
        return packet(payload);
    }

    private static int type(ByteBuf packet) {
        return packet.getUnsignedByte(packet.writerIndex() - 6);
    }

    private static int charset(ByteBuf packet) {
        return packet.getUnsignedShortLE(packet.writerIndex() - 12);
    }
}
