package io.weekly.testing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** Makes calls at the same time. */
public final class Concurrently {

    private static final int THREADS = 8;

    private Concurrently() {}

    public static <T> List<T> times(int count, Callable<T> call) throws Exception {
        return all(Collections.nCopies(count, call));
    }

    /** The results, in the order of the calls. */
    public static <T> List<T> all(List<Callable<T>> calls) throws Exception {
        try (var pool = Executors.newFixedThreadPool(THREADS)) {
            var results = new ArrayList<T>();
            for (var result : pool.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        }
    }
}
