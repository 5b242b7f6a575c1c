package io.weekly.delivery;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the server's reply to each mail on one connection. It sees each write of the mail client (Vert.x 4.5) as one message, before TLS:
 * one or more commands, or the headers of a mail, or a line of it, or the final dot.
 *
 * <p>A reply belongs to a mail only if the dialogue is as in RFC 5321: one reply to each command line, 354 to DATA, nothing before the dot,
 * and 2xx to the dot. If a server ever sends something else, the replies on its connection may be shifted. Then this connection reports no
 * more replies.
 */
final class ReplyListener extends ChannelDuplexHandler {

    private static final int START_MAIL_INPUT = 354;

    /** A line of the reply to EHLO (RFC 1870). The reply has all lines, joined by blanks. */
    private static final Pattern SIZE = Pattern.compile("(?:^| )250[- ]SIZE (\\d{1,18})(?: |$)", Pattern.CASE_INSENSITIVE);

    private enum Phase {
        /** Each line that the client writes is a command. */
        COMMANDS,
        /** The client has written DATA. If the server replies with 354, the next write is the headers of the mail. */
        DATA,
        /** The client writes the mail. */
        MAIL,
        /** The client has written the dot. The next reply is that to the mail. */
        DOT
    }

    private final ServerReplies replies;
    private final ReplyReader reader = new ReplyReader(this::replied);
    private Phase phase = Phase.COMMANDS;
    /** Replies that the server still has to send: the first one is its greeting. */
    private int expected = 1;
    private int lastCode;
    private boolean shifted;
    /** The client has written EHLO, and waits for the reply. */
    private boolean greeting;
    private @Nullable AwaitedReply awaited;

    ReplyListener(ServerReplies replies) {
        this.replies = replies;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof ByteBuf bytes && bytes.isReadable()) {
            written(bytes);
        }
        super.write(context, message, promise);
    }

    /** Whether the next write of the client is a command, as far as this is certain. */
    boolean expectsCommand() {
        return shifted || phase == Phase.COMMANDS || phase == Phase.DATA && lastCode != START_MAIL_INPUT;
    }

    private void written(ByteBuf bytes) {
        switch (phase) {
            case COMMANDS -> commands(bytes);
            case DATA -> afterData(bytes);
            case MAIL -> {
                if (isDot(bytes)) {
                    expected++;
                    phase = Phase.DOT;
                }
            }
            // The client does not wait for the reply any more.
            case DOT -> lost();
        }
    }

    private void commands(ByteBuf bytes) {
        var lines = bytes.toString(StandardCharsets.US_ASCII);
        expected += (int) lines.chars().filter(c -> c == '\n').count();
        greeting = lines.startsWith("EHLO ");
        if (lines.equals("DATA\r\n") || lines.endsWith("\nDATA\r\n")) {
            phase = Phase.DATA;
        }
    }

    private void afterData(ByteBuf bytes) {
        if (expected != 0) {
            lost();
        } else if (lastCode != START_MAIL_INPUT || isDot(bytes)) {
            phase = Phase.COMMANDS;
            commands(bytes);
        } else {
            phase = Phase.MAIL;
            awaited = messageId(bytes.toString(StandardCharsets.UTF_8)).flatMap(replies::dialogueBegins).orElse(null);
        }
    }

    private static boolean isDot(ByteBuf bytes) {
        return bytes.readableBytes() == 3 && bytes.getByte(bytes.readerIndex()) == '.';
    }

    /** Empty if the headers have none, or several. */
    private static Optional<String> messageId(String headers) {
        var ids = headers.lines().filter(line -> line.regionMatches(true, 0, "Message-ID:", 0, 11)).limit(2).toList();
        return ids.size() == 1 ? Optional.of(ids.getFirst().substring(11).strip()) : Optional.empty();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof ByteBuf bytes && bytes.isReadable()) {
            if (expected == 0) {
                lost();
            }
            if (!shifted) {
                reader.read(ByteBufUtil.getBytes(bytes));
            }
        }
        super.channelRead(context, message);
    }

    private void replied(int code, String text) {
        if (expected == 0) {
            lost();
            return;
        }
        expected--;
        lastCode = code;
        if (greeting && expected == 0) {
            greeting = false;
            replies.greeted(size(text));
        }
        if (phase == Phase.DOT && expected == 0) {
            if (awaited != null && !shifted && code >= 200 && code <= 299) {
                awaited.reply(text);
            }
            awaited = null;
            phase = Phase.COMMANDS;
        }
    }

    /** 0 means that there is no limit. */
    private static OptionalLong size(String reply) {
        var size = SIZE.matcher(reply);
        return size.find() ? OptionalLong.of(Long.parseLong(size.group(1))) : OptionalLong.empty();
    }

    /** From here on it is uncertain which reply belongs to which command. */
    private void lost() {
        shifted = true;
        awaited = null;
    }
}
