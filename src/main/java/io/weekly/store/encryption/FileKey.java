package io.weekly.store.encryption;

import com.google.crypto.tink.StreamingAead;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.GeneralSecurityException;

/**
 * The unwrapped key set of a tenant. It encrypts in segments of 4 KB, each with its number and a mark on the last one. So a part of a file
 * can be decrypted alone, and segments that are missing, moved or cut off are found. Blocking, for any number of threads.
 */
final class FileKey {

    /** What the encryption adds: a header, and a tag to each segment. Only an estimate for the size of a buffer. */
    private static final int HEADER_BYTES = 64;
    private static final int SEGMENT_BYTES = 4000;
    private static final int TAG_BYTES = 16;

    private final StreamingAead cipher;

    FileKey(StreamingAead cipher) {
        this.cipher = cipher;
    }

    byte[] encrypt(byte[] plain, FileIdentity identity) {
        var encrypted = new ByteArrayOutputStream(plain.length + HEADER_BYTES + (plain.length / SEGMENT_BYTES + 1) * TAG_BYTES);
        try (var stream = cipher.newEncryptingStream(encrypted, identity.associatedData())) {
            stream.write(plain);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the file could not be encrypted", e);
        }
        return encrypted.toByteArray();
    }

    /**
     * Decrypts a part of a file, and only the segments that it needs. Checks the length of the file too, with its last segment.
     *
     * @param disk the encrypted file
     * @throws CorruptFileException if it is not the file that was recorded
     * @throws IOException if the disk failed
     */
    byte[] decrypt(FileRecord file, DiskChannel disk, long from, int length) throws IOException {
        try {
            var channel = cipher.newSeekableDecryptingChannel(disk, file.identity().associatedData());
            var part = read(file, channel, from, length);
            // Tink knows the size only after the first read. It is certain only after the last segment was decrypted.
            if (channel.size() != file.bytes()) {
                throw CorruptFileException.otherSize(file, channel.size());
            }
            if (from + length < file.bytes()) {
                read(file, channel, file.bytes() - 1, 1);
            }
            return part;
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            var failure = disk.failure();
            if (failure != null) {
                throw failure;
            }
            throw new CorruptFileException(file, "it cannot be decrypted", e);
        }
    }

    private static byte[] read(FileRecord file, SeekableByteChannel channel, long from, int length) throws IOException {
        var part = ByteBuffer.allocate(length);
        channel.position(from);
        while (part.hasRemaining()) {
            // Beyond the end of the file, Tink returns 0 and not only -1.
            if (channel.read(part) <= 0) {
                throw new CorruptFileException(file, "it is too short", null);
            }
        }
        return part.array();
    }
}
