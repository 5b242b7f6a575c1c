/**
 * Reads uploads with one JSON object in each line ({@code application/x-ndjson}) while they arrive.
 *
 * <p><b>Model.</b> {@link io.weekly.api.upload.LineSplitter} cuts the body into lines. {@link io.weekly.api.upload.Uploads} parses and
 * validates each line on a worker thread and emits chunks of 500 lines. The next chunk is read only after the resource has stored the chunk
 * before. In the meantime TCP flow control makes the client wait, so memory holds little more than one chunk. An invalid line is reported
 * with its number, and the other lines are stored.
 *
 * <p><b>Failure cases.</b> An upload is not one transaction. If the connection breaks or the process dies, the chunks that were committed
 * stay stored, and the rest is lost. Each line replaces the row with its key, so the client can send the whole upload again.
 */
@NullMarked
package io.weekly.api.upload;

import org.jspecify.annotations.NullMarked;
