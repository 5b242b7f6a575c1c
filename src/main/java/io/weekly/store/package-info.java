/**
 * Stores the files of reports on local disk.
 *
 * <p><b>Model.</b> The code is blocking; the render pool calls it right after rendering. A path is {@code
 * tenant/week/report.sha.format}. One folder for each tenant and week makes the files of a week easy to find, count and delete. The name
 * contains the start of the content's SHA-256, so a second attempt never overwrites a file that a first attempt has recorded.
 *
 * <p><b>Invariant.</b> A file under its name is complete. It is written to a temporary file beside it, flushed to the disk and renamed, and
 * then the folder is flushed.
 *
 * <p><b>Failure cases.</b> If the process dies before the transaction of the report commits, a file without a row remains. It does no harm.
 * If the disk is full, the attempt fails and is tried again.
 */
@NullMarked
package io.weekly.store;

import org.jspecify.annotations.NullMarked;
