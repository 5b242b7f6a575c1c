package io.weekly.store.encryption;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.weekly.keys.Reencryption;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Wraps the key sets of tenants anew. The files stay as they are, because the key sets stay the same. */
@ApplicationScoped
class FileKeyRotation implements Reencryption {

    private static final Logger LOG = Logger.getLogger(FileKeyRotation.class);
    private static final int BATCH = 100;

    private final FileKeyRows rows;
    private final KeySets keySets;

    FileKeyRotation(FileKeyRows rows, KeySets keySets) {
        this.rows = rows;
        this.keySets = keySets;
    }

    @Override
    public String things() {
        return "file keys";
    }

    @Override
    public Uni<Step> next(String after) {
        var afterTenant = after.isEmpty() ? Integer.MIN_VALUE : Integer.parseInt(after);
        return rows.wrappedOtherwise(keySets.currentKey().orElseThrow(), afterTenant, BATCH)
                .flatMap(page -> Multi.createFrom().iterable(page)
                        .onItem()
                        .transformToUniAndConcatenate(this::move)
                        .collect()
                        .asList()
                        .map(moved -> step(page, moved)));
    }

    /** Empty if the key set cannot be unwrapped; false if another process has changed or deleted it. */
    private Uni<Optional<Boolean>> move(WrappedKeySet keySet) {
        try {
            return rows.replace(keySet, keySets.wrapAnew(keySet)).map(Optional::of);
        } catch (IllegalStateException e) {
            LOG.error(e.getMessage());
            return Uni.createFrom().item(Optional.empty());
        }
    }

    private static Step step(List<WrappedKeySet> page, List<Optional<Boolean>> moved) {
        return new Step(
                (int) moved.stream().filter(result -> result.orElse(false)).count(),
                (int) moved.stream().filter(Optional::isEmpty).count(),
                page.size() < BATCH ? Optional.empty() : Optional.of(Integer.toString(page.getLast().tenantId())));
    }
}
