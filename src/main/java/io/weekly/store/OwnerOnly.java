package io.weekly.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Permissions for what the service writes: only the user of the process may enter a folder (0700) or read a file (0600). A file system
 * without such permissions, as on Windows, keeps its own rules.
 */
final class OwnerOnly {

    private static final String POSIX = "posix";
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);

    private OwnerOnly() {}

    /**
     * Creates the folder, and those above it that are missing. Does nothing if it exists: the permissions of a folder are its owner's
     * decision.
     */
    static void createFolder(Path folder) throws IOException {
        Files.createDirectories(folder, attributes(folder, FOLDER));
    }

    /** Creates an empty file with a name of its own. */
    static Path createTempFile(Path folder, String prefix, String suffix) throws IOException {
        return Files.createTempFile(folder, prefix, suffix, attributes(folder, FILE));
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    /** The permissions of an existing folder, such as {@code rwxr-xr-x}, if every user of the machine may enter or read it. */
    static Optional<String> openToAll(Path folder) throws IOException {
        if (!isPosix(folder) || !Files.isDirectory(folder)) {
            return Optional.empty();
        }
        var permissions = Files.getPosixFilePermissions(folder);
        return permissions.stream().anyMatch(OTHERS::contains)
                ? Optional.of(PosixFilePermissions.toString(permissions))
                : Optional.empty();
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains(POSIX);
    }
}
