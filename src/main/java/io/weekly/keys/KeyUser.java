package io.weekly.keys;

import io.smallrye.mutiny.Uni;
import java.util.Map;

/**
 * Knows which keys the things of one kind need. The packages that store such things implement this interface, so {@code keys} does not
 * depend on them.
 */
public interface KeyUser {

    /** What needs the keys, in the plural: the name in the API and in the log. */
    String things();

    /** How many things need each key, by the id of the key. A thing that nobody will read again is not counted. */
    Uni<Map<String, Long>> countByKey();
}
