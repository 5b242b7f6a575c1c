package io.weekly.worker;

import io.weekly.report.StoredFile;
import java.util.List;

/** The size of files in a mail: base64 makes four characters of three bytes, in lines of 76 characters that end with CR LF (RFC 2045). */
final class EncodedSize {

    private static final int LINE = 76;

    private EncodedSize() {}

    /** In bytes. */
    static long of(List<StoredFile> files) {
        return files.stream().mapToLong(file -> of(file.bytes())).sum();
    }

    static long of(long bytes) {
        var characters = (bytes + 2) / 3 * 4;
        return characters + (characters + LINE - 1) / LINE * 2;
    }
}
