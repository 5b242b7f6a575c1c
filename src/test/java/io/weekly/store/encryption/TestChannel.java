package io.weekly.store.encryption;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;

/** Decrypts bytes as if they were a file. */
final class TestChannel {

    private TestChannel() {}

    static byte[] decrypt(FileKey key, FileIdentity identity, byte[] encrypted, int bytes) {
        try {
            var file = Files.createTempFile("encrypted", "");
            try (var disk = new DiskChannel(FileChannel.open(Files.write(file, encrypted)))) {
                return key.decrypt(new FileRecord(identity, "x.enc", bytes), disk, 0, bytes);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
