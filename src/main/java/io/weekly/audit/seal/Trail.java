package io.weekly.audit.seal;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads seals and their events. All methods block, and throw an unchecked exception if the database does not answer. */
interface Trail {

    /** The rows of a statement of {@link TrailTables}: their values as texts, {@link TrailTables#NULL} for NULL. */
    List<List<String>> rows(String sql);

    /** The newest seal. */
    Optional<Seal> head();

    Optional<Seal> seal(long number);

    /** The newest seal that says that events were removed. */
    Optional<Seal> newestPruning();

    /** The next seals after a number, up to a number, ascending. */
    List<Seal> seals(long after, long last, int limit);

    /** The events with these ids that exist, ascending. */
    void events(IdRanges ids, Consumer<SealedEvent> reader);

    /** The events of a range, ascending. */
    void events(long first, long last, Consumer<SealedEvent> reader);

    /** The id of an event below the range of the first seal. The service makes none: its ids begin with 1. */
    Optional<Long> belowFirst();

    /** A number of a seal below 1. The service makes none: its numbers begin with 1. */
    Optional<Long> sealBelowFirst();

    /** The events after the last seal. */
    UnsealedEvents unsealed(long after);
}
