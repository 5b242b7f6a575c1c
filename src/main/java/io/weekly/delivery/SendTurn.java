package io.weekly.delivery;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds the command MAIL of each mail on one connection until the mail has its turn. The mail client (Vert.x 4.5) writes the command at the
 * beginning of a write, and writes nothing more before the server has replied to it. If the mail gets no turn, the write fails with
 * {@link NoTurn}, and the connection is closed: the server has heard nothing of the mail.
 */
final class SendTurn extends ChannelOutboundHandlerAdapter {

    private static final String MAIL = "MAIL FROM:";

    private final Supplier<Uni<Boolean>> turns;
    private final ReplyListener listener;

    /** @param listener knows whether a line is a command or a line of a mail */
    SendTurn(Supplier<Uni<Boolean>> turns, ReplyListener listener) {
        this.turns = turns;
        this.listener = listener;
    }

    /** The mail got no send time in time, or none could be taken. So it was certainly not sent. */
    static final class NoTurn extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoTurn(@Nullable Throwable cause) {
            super("the mail had no send time in time", cause);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes && isMailCommand(bytes)) {
            hold(context, bytes, promise);
        } else {
            context.write(message, promise);
        }
    }

    private boolean isMailCommand(ByteBuf bytes) {
        return bytes.readableBytes() > MAIL.length()
                && bytes.toString(bytes.readerIndex(), MAIL.length(), StandardCharsets.US_ASCII).equals(MAIL)
                && listener.expectsCommand();
    }

    private void hold(ChannelHandlerContext context, ByteBuf command, ChannelPromise promise) {
        turns.get().emitOn(context.executor()).subscribe().with(
                come -> {
                    if (come) {
                        // If the connection has ended meanwhile, the write fails.
                        context.writeAndFlush(command, promise);
                    } else {
                        refuse(context, command, promise, new NoTurn(null));
                    }
                },
                failure -> refuse(context, command, promise, new NoTurn(failure)));
    }

    private static void refuse(ChannelHandlerContext context, ByteBuf command, ChannelPromise promise, NoTurn why) {
        ReferenceCountUtil.release(command);
        promise.tryFailure(why);
        context.close();
    }
}
