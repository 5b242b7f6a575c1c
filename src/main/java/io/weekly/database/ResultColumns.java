package io.weekly.database;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.List;

/**
 * The types of the columns of the last result on one connection. It reads them from the packets of the server, before the client does, and
 * changes some of them for the client. There are two reasons:
 *
 * <ul>
 *   <li>The client has no class for an ENUM. It logs a warning for each such column at each read. So it gets the type of a text instead.
 *   <li>The client cannot read some values. A date like {@code 2026-11-00} throws in its pipeline. The client then drops the row, and the
 *       query ends as if nothing had happened. Other values lose information: a BIT(64), or a decimal in a JSON value. In a connection that
 *       {@link #readExactly reads exactly}, the client gets the type of a BLOB for such a column, so it returns the bytes of the value.
 *       This is possible because the protocol writes the values of all these types as a length and that many bytes.
 * </ul>
 *
 * <p>Only prepared statements are changed. In their results no packet but a column definition starts like one. In the results of other
 * statements the value of a column could.
 */
public final class ResultColumns extends ChannelDuplexHandler {

    /** The name of the client's own handler for the protocol. The handler before it makes one message of each packet. */
    private static final String CODEC = "codec";

    private static final int HEADER = 4;
    private static final int SEQUENCE = 3;
    private static final int MAX_LENGTH = 0xFFFFFF;
    private static final int PREPARE = 0x16;
    private static final int EXECUTE = 0x17;
    private static final int CLOSE_STATEMENT = 0x19;
    private static final int START_OF_ROW = 0;
    /** A definition starts with the name of its catalog, which is always {@code def}, after the length of that name. */
    private static final int START_OF_DEFINITION = 0x03646566;
    /** A definition ends with charset (2 bytes), length (4), type (1), flags (2), decimals (1) and filler (2), after their number. */
    private static final int FIXED_PART = 12;
    private static final int TYPE = 6;
    private static final int BINARY_CHARSET = 63;

    private final List<ColumnType> types = new ArrayList<>();
    private boolean exact;
    /** Whether the last command was about a prepared statement. */
    private boolean prepared;
    private long rows;
    /** Whether the next packet continues a value of 16 MB. */
    private boolean continued;

    ResultColumns() {}

    /** The columns of this connection. The first call adds them to its pipeline. */
    static ResultColumns of(SqlConnection connection) {
        var pipeline = ClientSocket.of(connection).pipeline();
        var present = pipeline.get(ResultColumns.class);
        if (present != null) {
            return present;
        }
        var columns = new ResultColumns();
        pipeline.addBefore(CODEC, ResultColumns.class.getSimpleName(), columns);
        return columns;
    }

    /** The columns of this connection, whose prepared statements from now on return bytes wherever the client is not exact. */
    public static ResultColumns readExactly(io.vertx.mutiny.sqlclient.SqlConnection connection) {
        var columns = of(connection.getDelegate());
        columns.exact();
        return columns;
    }

    void exact() {
        exact = true;
    }

    /** The type of a column of the result whose rows arrive at the moment. Call it while the rows are collected. */
    public ColumnType type(int column) {
        return types.get(column);
    }

    /** How many rows the server has sent in the last result. The client may return fewer, see above. */
    public long rows() {
        return rows;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof ByteBuf packet && packet.readableBytes() > HEADER && at(packet, SEQUENCE) == 0) {
            var command = at(packet, HEADER);
            if (command != CLOSE_STATEMENT) { // the server does not answer it
                prepared = command == PREPARE || command == EXECUTE;
                types.clear();
                rows = 0;
            }
        }
        super.write(context, message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (prepared && message instanceof ByteBuf packet && packet.readableBytes() > HEADER) {
            if (!continued && rows == 0 && isDefinition(packet)) {
                change(packet);
            } else if (!continued && at(packet, HEADER) == START_OF_ROW && !types.isEmpty()) {
                rows++;
            }
        }
        // An empty packet follows a value that ends at the limit.
        if (message instanceof ByteBuf packet && packet.readableBytes() >= HEADER) {
            continued = packet.getUnsignedMediumLE(packet.readerIndex()) == MAX_LENGTH;
        }
        super.channelRead(context, message);
    }

    private static int at(ByteBuf packet, int offset) {
        return packet.getUnsignedByte(packet.readerIndex() + offset);
    }

    private static boolean isDefinition(ByteBuf packet) {
        var fixed = packet.writerIndex() - FIXED_PART;
        return fixed > packet.readerIndex() + HEADER + Integer.BYTES
                && packet.getInt(packet.readerIndex() + HEADER) == START_OF_DEFINITION
                && packet.getUnsignedByte(fixed - 1) == FIXED_PART;
    }

    private void change(ByteBuf packet) {
        var fixed = packet.writerIndex() - FIXED_PART;
        var code = packet.getUnsignedByte(fixed + TYPE);
        var type = ColumnType.of(code);
        types.add(type);
        if (exact && type.needsBytes()) {
            packet.setByte(fixed + TYPE, ColumnType.codeOfBytes());
            packet.setShortLE(fixed, BINARY_CHARSET);
        } else {
            packet.setByte(fixed + TYPE, ColumnType.knownCode(code));
        }
    }
}
