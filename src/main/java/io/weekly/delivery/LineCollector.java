package io.weekly.delivery;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import org.jspecify.annotations.Nullable;

/**
 * Collects the lines of a mail into packets. The mail client writes each line of a mail separately, and waits for the end of each write:
 * some 550 system calls for a mail of 40 kB, and as many TLS records. It stands before the handler for TLS.
 *
 * <p>A line counts as written when it is in the packet, so the client writes the next one. The packet is sent when it is full, or when the
 * event loop has run the tasks that were waiting and the client has written nothing more. So nothing stays in it: the server waits for it.
 *
 * <p><b>Backpressure.</b> The line that did not fit into a packet counts as written only when that packet was sent. So a slow server holds
 * the client back, with at most two packets.
 *
 * <p><b>Failures.</b> If a packet cannot be sent, the write that waits for it fails. If none waits, the failure goes to the handlers of the
 * channel, and the client closes the connection. If the connection ends, the client gets that event as usual.
 */
final class LineCollector extends ChannelDuplexHandler {

    /** The plain text of a TLS record has at most this many bytes (RFC 8446, 5.1). */
    static final int PACKET_BYTES = 16 * 1024;

    /**
     * If a write has ended when it returns, the client writes the next line deeper in the stack. So after this many writes, the next one
     * ends in a task of its own.
     */
    private static final int MAX_NESTED = 16;

    /** A packet goes when this many tasks, one after the other, found that the client had written nothing more. */
    private static final int QUIET_CHECKS = 3;

    /** The packet that is being filled; null if there is nothing to send. */
    private @Nullable ByteBuf packet;

    private boolean checking;
    private int quietChecks;
    private int nested;

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf line && isSmall(line) && context.channel().isActive()) {
            collect(context, line, promise);
        } else {
            // An empty buffer is the client's request to write all that there is, before TLS begins or the connection ends.
            send(context);
            context.write(message, promise);
        }
    }

    private static boolean isSmall(ByteBuf line) {
        return line.isReadable() && line.readableBytes() <= PACKET_BYTES;
    }

    /** First the line is taken, then the promise ends: the client may write the next line in the call that ends it. */
    private void collect(ChannelHandlerContext context, ByteBuf line, ChannelPromise promise) {
        var full = packet != null && packet.readableBytes() + line.readableBytes() > PACKET_BYTES ? packet : null;
        if (packet == null || full != null) {
            packet = context.alloc().directBuffer(PACKET_BYTES, PACKET_BYTES);
        }
        packet.writeBytes(line);
        line.release();
        quietChecks = 0;
        if (!checking) {
            checking = true;
            checkLater(context);
        }
        if (full == null) {
            succeed(context, promise);
        } else {
            context.writeAndFlush(full).addListener((ChannelFuture sent) -> end(context, sent, promise));
        }
    }

    private void succeed(ChannelHandlerContext context, ChannelPromise promise) {
        if (nested < MAX_NESTED) {
            nested++;
            promise.trySuccess();
        } else {
            context.executor().execute(() -> {
                nested = 0;
                promise.trySuccess();
            });
        }
    }

    private void end(ChannelHandlerContext context, ChannelFuture sent, ChannelPromise promise) {
        if (sent.isSuccess()) {
            succeed(context, promise);
        } else if (!promise.tryFailure(sent.cause())) {
            tell(context, sent);
        }
    }

    private void checkLater(ChannelHandlerContext context) {
        context.executor().execute(() -> {
            if (packet != null && quietChecks < QUIET_CHECKS) {
                quietChecks++;
                checkLater(context);
            } else {
                checking = false;
                send(context);
            }
        });
    }

    /** The packet goes when the client has no more lines for now, and not with each line. */
    @Override
    public void flush(ChannelHandlerContext context) {
        if (packet == null) {
            context.flush();
        }
    }

    private void send(ChannelHandlerContext context) {
        if (packet != null) {
            var sent = packet;
            packet = null;
            context.writeAndFlush(sent).addListener((ChannelFuture end) -> {
                if (!end.isSuccess()) {
                    tell(context, end);
                }
            });
        }
    }

    /** A closed channel tells its end itself. */
    private static void tell(ChannelHandlerContext context, ChannelFuture failed) {
        if (failed.channel().isActive()) {
            context.fireExceptionCaught(failed.cause());
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        send(context);
        context.close(promise);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        // Also releases the buffer if the channel is closed.
        send(context);
    }
}
