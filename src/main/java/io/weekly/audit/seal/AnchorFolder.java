package io.weekly.audit.seal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder with the anchors: one file for each month, {@code seals-2026-11.jsonl}, with one line for each seal. Lines are only appended. A
 * lock on the file keeps the lines of several processes apart. All methods block.
 */
record AnchorFolder(Path folder) {

    private static final String FILE = "seals-%s.jsonl";
    private static final String PATTERN = "seals-[0-9]{4}-[0-9]{2}\\.jsonl";
    private static final int MAX_LINE = 1 << 20;
    private static final Set<StandardOpenOption> OPTIONS =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);

    /** Appends the lines to the file of that time's month. When it returns, the disk has them. */
    void append(Instant time, List<String> lines) throws IOException {
        Files.createDirectories(folder, attributes("rwx------"));
        var file = folder.resolve(FILE.formatted(YearMonth.from(time.atOffset(ZoneOffset.UTC))));
        try (var channel = FileChannel.open(file, OPTIONS, attributes("rw-------"));
                var _ = channel.lock()) {
            var text = (endsInALine(channel) ? "" : "\n") + String.join("\n", lines) + "\n";
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            channel.position(channel.size());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** False after a process has died in the middle of a line. */
    private static boolean endsInALine(FileChannel channel) throws IOException {
        if (channel.size() == 0) {
            return true;
        }
        var last = ByteBuffer.allocate(1);
        channel.read(last, channel.size() - 1);
        return last.get(0) == '\n';
    }

    private FileAttribute<?>[] attributes(String permissions) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }

    /** The last anchor of the newest file that has one. A process may have died before it wrote the first line of a new file. */
    Optional<Anchor> last() throws IOException {
        for (var file : files(Optional.empty()).reversed()) {
            var last = last(file);
            if (last.isPresent()) {
                return last;
            }
        }
        return Optional.empty();
    }

    private static Optional<Anchor> last(Path file) throws IOException {
        try (var content = new RandomAccessFile(file.toFile(), "r")) {
            var start = Math.max(0, content.length() - MAX_LINE);
            content.seek(start);
            var end = new byte[(int) (content.length() - start)];
            content.readFully(end);
            return new String(end, StandardCharsets.UTF_8).lines().flatMap(line -> Anchor.parse(line).stream()).reduce((_, last) -> last);
        }
    }

    boolean exists() {
        return Files.isDirectory(folder);
    }

    /**
     * The files from a month on, oldest first.
     *
     * @param from a moment of the first month; empty for all
     */
    List<Path> files(Optional<Instant> from) throws IOException {
        if (!exists()) {
            return List.of();
        }
        var first = from.map(time -> FILE.formatted(YearMonth.from(time.atOffset(ZoneOffset.UTC)))).orElse("");
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().matches(PATTERN))
                    .filter(file -> file.getFileName().toString().compareTo(first) >= 0)
                    .sorted()
                    .toList();
        }
    }
}
