package io.weekly.store.encryption;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * Reads the encrypted file and remembers if the disk failed. Tink reports a fault of the disk as a file that it cannot decrypt, but a file
 * on a disk that does not answer is not corrupt.
 */
final class DiskChannel implements SeekableByteChannel {

    private final SeekableByteChannel channel;
    private @Nullable IOException failure;

    DiskChannel(SeekableByteChannel channel) {
        this.channel = channel;
    }

    /** Why the disk failed; null if it did not. */
    @Nullable IOException failure() {
        return failure;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return recorded(() -> channel.read(target));
    }

    @Override
    public long position() throws IOException {
        return recorded(channel::position);
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        recorded(() -> channel.position(position));
        return this;
    }

    @Override
    public long size() throws IOException {
        return recorded(channel::size);
    }

    /** Every call can fail: the channel closes in any of them if its thread is interrupted. */
    private <T> T recorded(Call<T> call) throws IOException {
        try {
            return call.run();
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    private interface Call<T> {
        T run() throws IOException;
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
