package io.weekly.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineCollectorTest {

    private static final String LINE = "x".repeat(76) + "\r\n";
    private static final int LINES = 550;
    private static final int LINES_OF_A_PACKET = LineCollector.PACKET_BYTES / LINE.length();

    private final Network network = new Network();
    private final Failures failures = new Failures();
    private final EmbeddedChannel channel = new EmbeddedChannel(network, new LineCollector(), failures);

    /** As the mail client does it: it writes a line when the one before it is written. */
    @Test
    void theLinesOfAMailGoInAFewPackets() {
        writeLineByLine(LINES);

        channel.runPendingTasks();

        assertThat(network.sent()).isEqualTo(LINE.repeat(LINES));
        assertThat(network.packets).hasSize(1 + LINES / LINES_OF_A_PACKET);
    }

    private void writeLineByLine(int lines) {
        if (lines > 0) {
            write(LINE).addListener((ChannelFuture written) -> {
                assertThat(written.isSuccess()).isTrue();
                writeLineByLine(lines - 1);
            });
        }
    }

    @Test
    void aCommandGoesWithoutAnotherWrite() {
        var written = write("RSET\r\n");

        channel.runPendingTasks();

        assertThat(written.isSuccess()).isTrue();
        assertThat(network.sent()).isEqualTo("RSET\r\n");
    }

    /** While the network takes nothing, the client may write one packet more, and a line. */
    @Test
    void aSlowNetworkHoldsTheClientBack() {
        network.slow = true;
        var written = new ArrayList<ChannelFuture>();
        for (var i = 0; i <= LINES_OF_A_PACKET; i++) {
            written.add(write(LINE));
        }
        channel.runPendingTasks();

        var last = written.removeLast();
        assertThat(last.isDone()).as("the line that did not fit").isFalse();
        assertThat(written).allMatch(ChannelFuture::isSuccess);

        network.proceed();

        assertThat(last.isSuccess()).isTrue();
    }

    @Test
    void theWriteThatWaitsForAPacketFailsWithIt() {
        network.slow = true;
        ChannelFuture last = write(LINE);
        for (var i = 0; i < LINES_OF_A_PACKET; i++) {
            last = write(LINE);
        }

        network.fail(new IOException("no network"));

        assertThat(last.cause()).hasMessage("no network");
    }

    @Test
    void theFailureOfAPacketForWhichNoWriteWaitsIsTold() {
        network.slow = true;
        write(LINE);
        channel.runPendingTasks();

        network.fail(new IOException("no network"));

        assertThat(failures.causes).singleElement().satisfies(failure -> assertThat(failure).hasMessage("no network"));
    }

    @Test
    void writesAfterTheEndOfTheConnectionFail() {
        write(LINE);
        channel.close();

        assertThat(write(LINE).cause()).isNotNull();
    }

    @Test
    void aLineThatWasWrittenBeforeTheConnectionIsClosedGoesBeforeItsEnd() {
        write("QUIT\r\n");

        channel.close();

        assertThat(network.sent()).isEqualTo("QUIT\r\n");
    }

    /** The mail client does so before TLS begins: nothing may be left that would then be encrypted. */
    @Test
    void anEmptyWriteSendsAllLinesBeforeIt() {
        write(LINE);
        var all = channel.pipeline().writeAndFlush(Unpooled.EMPTY_BUFFER);

        assertThat(all.isSuccess()).isTrue();
        assertThat(network.sent()).isEqualTo(LINE);
    }

    @Test
    void aLargeWriteKeepsItsPlace() {
        var large = "y".repeat(LineCollector.PACKET_BYTES + 1);
        write("a");
        write(large);
        write("b");

        channel.runPendingTasks();

        assertThat(network.sent()).isEqualTo("a" + large + "b");
    }

    /** Into the pipeline, because the channel's own method runs all tasks of the event loop. */
    private ChannelFuture write(String text) {
        return channel.pipeline().writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    /** Takes each packet at once, or when the test says so. */
    private static final class Network extends ChannelOutboundHandlerAdapter {

        private final List<String> packets = new ArrayList<>();
        private final Deque<ChannelPromise> waiting = new ArrayDeque<>();
        private boolean slow;

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            var bytes = (ByteBuf) message;
            if (bytes.isReadable()) {
                packets.add(bytes.toString(StandardCharsets.US_ASCII));
            }
            bytes.release();
            if (slow) {
                waiting.add(promise);
            } else if (context.channel().isActive()) {
                promise.setSuccess();
            } else {
                promise.setFailure(new IOException("closed"));
            }
        }

        /** The channel of the test would run all tasks of the event loop. */
        @Override
        public void flush(ChannelHandlerContext context) {}

        void proceed() {
            waiting.removeFirst().setSuccess();
        }

        void fail(IOException failure) {
            waiting.removeFirst().setFailure(failure);
        }

        String sent() {
            return String.join("", packets);
        }
    }

    private static final class Failures extends ChannelInboundHandlerAdapter {

        private final List<Throwable> causes = new ArrayList<>();

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            causes.add(cause);
        }
    }
}
