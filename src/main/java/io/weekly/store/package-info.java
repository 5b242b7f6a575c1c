/**
 * Stores the files of reports on local disk.
 *
 * <p><b>Model.</b> The code is blocking. The stages in package {@code worker} store and read files on the render pool. A path is
 * {@code tenant/week/report.sha.format}. One folder for each tenant and week makes the files of a week easy to find, count and delete. The
 * file name contains the first 12 hex digits of the content's SHA-256. So if a second attempt gives other content, it does not overwrite
 * the file of the first attempt.
 *
 * <p>Only the user of the process may enter a folder (0700) or read a file (0600) that the service creates ({@code ReportStoreTest}). So
 * all replicas must run as the same user. A folder that exists keeps its permissions; if every user of the machine may enter it, the
 * service warns at its start.
 *
 * <p><b>Invariant.</b> A file that has its final name is complete. The bytes are written to a temporary file in the same folder and flushed
 * to the disk. Then the file is renamed, and the folder is flushed.
 *
 * <p><b>Failure cases.</b> If the process dies before the transaction of the report commits, a file without a row in the database stays on
 * the disk, or a temporary file ({@code .part}). Nothing reads them. If the disk is full, the attempt fails and is tried again.
 */
@NullMarked
package io.weekly.store;

import org.jspecify.annotations.NullMarked;
