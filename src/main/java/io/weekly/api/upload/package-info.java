/**
 * Reads uploads of one JSON object a line ({@code application/x-ndjson}) while they arrive.
 *
 * <p><b>Model.</b> {@link io.weekly.api.upload.LineSplitter} cuts the body into lines. {@link io.weekly.api.upload.Uploads} parses and
 * validates each line on a worker thread and hands on chunks of 500 lines. The resource stores a chunk, and only then is the next one read:
 * TCP flow control slows the client down, and memory holds little more than one chunk. Lines that cannot be stored are reported with their
 * number, and the other lines are stored.
 *
 * <p><b>Failure cases.</b> An upload is not one transaction. If the connection breaks or the process dies, the chunks so far are stored and
 * the rest is not. Each line replaces the row with its key, so the client can send the whole upload again.
 */
@NullMarked
package io.weekly.api.upload;

import org.jspecify.annotations.NullMarked;
