package io.weekly.audit.seal;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.weekly.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Writes the seals that the folder {@code weekly.audit.anchor} does not have yet. The last line of the folder says which these are, so what
 * could not be written is written the next time, whoever made the seals.
 */
@ApplicationScoped
class SealAnchors {

    private static final int PAGE = 100;
    /** Seals in one pass, for a folder that is new or was away. */
    private static final int MAX = 2000;

    private final Database database;
    private final SealKeys keys;
    private final SealConfig config;
    private final SealLog log;

    SealAnchors(Database database, SealKeys keys, SealConfig config, SealLog log) {
        this.database = database;
        this.keys = keys;
        this.config = config;
        this.log = log;
    }

    /** Never fails because of the folder: it logs that. */
    Uni<Void> write() {
        return config.anchor().map(path -> write(new AnchorFolder(path))).orElse(Uni.createFrom().voidItem());
    }

    Uni<Void> write(AnchorFolder folder) {
        return onWorker(folder::last)
                .flatMap(this::lastWritten)
                .flatMap(after -> append(folder, after, MAX))
                .onFailure(UncheckedIOException.class)
                .recoverWithItem(failure -> {
                    log.anchorsNotWritten(failure);
                    return null;
                });
    }

    /** The number after which seals are written. If the database contradicts the folder, only the newest seal is written. */
    private Uni<Long> lastWritten(Optional<Anchor> last) {
        if (last.isEmpty()) {
            return Uni.createFrom().item(0L);
        }
        var anchor = last.get();
        return Seals.find(database.client(), anchor.number())
                .flatMap(seal -> seal.filter(found -> found.statementHash().equals(anchor.seal())).isPresent()
                        ? Uni.createFrom().item(anchor.number())
                        : beforeHead(anchor));
    }

    private Uni<Long> beforeHead(Anchor anchor) {
        log.anchorDiffers(anchor);
        return Seals.head(database.client()).map(head -> head.map(seal -> seal.number() - 1).orElse(0L));
    }

    private Uni<Void> append(AnchorFolder folder, long after, int rest) {
        if (rest <= 0) {
            return Uni.createFrom().voidItem();
        }
        return Seals.page(database.client(), after, Long.MAX_VALUE, PAGE).flatMap(seals -> seals.isEmpty()
                ? Uni.createFrom().voidItem()
                : onWorker(() -> append(folder, seals)).flatMap(last -> append(folder, last, rest - seals.size())));
    }

    private long append(AnchorFolder folder, List<Seal> seals) throws IOException {
        var lines = seals.stream().map(this::line).toList();
        folder.append(seals.getFirst().sealedAt(), lines);
        return seals.getLast().number();
    }

    String line(Seal seal) {
        return Anchor.line(seal, keys.publicKey(seal.keyId()));
    }

    private interface FileWork<T> {
        T run() throws IOException;
    }

    private static <T> Uni<T> onWorker(FileWork<T> work) {
        return Uni.createFrom().item(() -> run(work)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static <T> T run(FileWork<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
