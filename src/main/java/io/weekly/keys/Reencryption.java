package io.weekly.keys;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Encrypts the things of one kind anew with the current key, so that they do not need their old key any more. The packages that store such
 * things implement this interface, so {@code keys} does not depend on them.
 *
 * <p>Several processes may do this at the same time, and somebody may change a thing meanwhile. So each implementation replaces a value
 * only if it is still the value that was read. A value that has changed is left alone.
 */
public interface Reencryption {

    /** The first position. */
    String START = "";

    /** What is encrypted anew, in the plural: a name for the log. */
    String things();

    /**
     * Encrypts the next things anew, a few hundred at most.
     *
     * @param after the position of the last step; {@link #START} for the first
     */
    Uni<Step> next(String after);

    /**
     * A step that is done.
     *
     * @param moved how many things need the old key no more
     * @param failed how many could not be decrypted, so they stay as they are
     * @param next the position for the next step; empty if this was the last
     */
    record Step(int moved, int failed, Optional<String> next) {}
}
