/**
 * Stores the files of reports on local disk.
 *
 * <p><b>Model.</b> The code is blocking. The stages in package {@code worker} store and read files on the render pool; package {@code
 * retention} deletes them on the pool of the framework. A path is {@code tenant/week/report.token.format}: the number of the tenant, which
 * unlike its slug is never used again, and a random token. The database stores the path. The path of an encrypted file ends in {@code
 * .enc}: package {@code store.encryption} wraps this store. Earlier versions used the slug and a part of the hash, and such files are still
 * found by their stored path. One folder for each tenant and week makes the files of a week easy to find and count.
 *
 * <p>Only the user of the process may enter a folder (0700) or read a file (0600) that the service creates ({@code ReportStoreTest}). So
 * all replicas must run as the same user. A folder that exists keeps its permissions; if every user of the machine may enter it, the
 * service warns at its start.
 *
 * <p><b>Invariants.</b> A file that has its final name is complete. The bytes are written to a temporary file in the same folder and
 * flushed to the disk. Then the file is renamed, and the folder is flushed. A path is used once, so a second attempt never changes the file
 * of the first, and a deletion never hits the file of a later attempt ({@code
 * ReportStoreTest.aSecondAttemptWithTheSameContentHasAnotherPath}).
 *
 * <p><b>Failure cases.</b> If the process dies before the transaction of the report commits, a file without a row in the database stays on
 * the disk, or a temporary file ({@code .part}). Nothing reads them, and package {@code retention} deletes them after a day. If the disk is
 * full, the attempt fails and is tried again. If the folder of the store is missing, nothing counts as deleted. The service cannot
 * recognise a volume that is not mounted if its mount point is an empty folder: then expired files count as deleted. When the volume is
 * back, the daily search of package {@code retention} deletes them.
 */
@NullMarked
package io.weekly.store;

import org.jspecify.annotations.NullMarked;
