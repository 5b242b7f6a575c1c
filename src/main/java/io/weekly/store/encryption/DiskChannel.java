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
        try {
            return channel.read(target);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public long position() throws IOException {
        return channel.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        channel.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        try {
            return channel.size();
        } catch (IOException e) {
            failure = e;
            throw e;
        }
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
