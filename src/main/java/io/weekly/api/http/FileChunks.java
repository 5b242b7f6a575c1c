package io.weekly.api.http;

import io.smallrye.mutiny.Uni;
import java.util.function.LongFunction;

/**
 * The body of a response that is too large to be in memory whole.
 *
 * @param first the beginning, which has been read already
 * @param bytes of the whole body
 * @param next reads the chunk that begins at this byte of the body; never called for the first
 */
public record FileChunks(byte[] first, long bytes, LongFunction<Uni<byte[]>> next) {

    Uni<byte[]> from(long position) {
        return position == 0 ? Uni.createFrom().item(first) : next.apply(position);
    }
}
