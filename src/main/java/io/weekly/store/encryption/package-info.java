/**
 * Encrypts the files of tenants before they are stored, and decrypts them when they are read.
 *
 * <p><b>Model.</b> {@link io.weekly.store.encryption.FileVault} opens the files of a tenant, and {@link
 * io.weekly.store.encryption.TenantFiles} stores and reads them. They wrap {@link io.weekly.store.ReportStore}, which knows paths and bytes
 * only. So another kind of store needs no encryption of its own: it has to write bytes under a path, and to open them for reading from a
 * position. The key of a tenant comes from the database, so it is fetched before the blocking work begins.
 *
 * <p>Each tenant has one key set of Google Tink (AES256_GCM_HKDF_4KB) in the table {@code file_keys}, wrapped with a key of the keyring.
 * {@code KeySets} makes, wraps and unwraps key sets, {@code FileKeyRows} is their table, and {@link io.weekly.store.encryption.FileKeys}
 * caches unwrapped ones. {@code FileKeyRotation} wraps them anew; the key sets themselves never change.
 *
 * <p>The path of an encrypted file ends in {@code .enc}. The database stores the path, so it says whether a file is encrypted. The
 * associated data of a file are its tenant, report, format and the hash of its plain content ({@link
 * io.weekly.store.encryption.FileIdentity}).
 *
 * <p><b>Invariants.</b>
 *
 * <ul>
 *   <li>Nobody gets a byte that was not stored as this byte of this file: swapped, older, truncated and changed files are refused ({@code
 *       TenantFilesTest.aFileThatWasSwappedWithAnotherOneIsRefused}, {@code TenantFilesTest.anOlderFileOfTheSameReportIsRefused}, {@code
 *       TenantFilesTest.aTruncatedFileIsRefused}, {@code TenantFilesTest.aChangedBitIsRefused}). A plain file of the same size is an
 *       exception: only before it is mailed, its hash is checked.
 *   <li>A plain file is not accepted in place of an encrypted one, and the other way round ({@code
 *       TenantFilesTest.aPlainFileInPlaceOfAnEncryptedOneIsRefused}, {@code
 *       TenantFilesTest.anEncryptedFileInPlaceOfAPlainOneIsRefused}).
 *   <li>A tenant has one key set, whichever processes store its first files ({@code
 *       FileKeysTest.processesThatMakeTheFirstFileAtTheSameTimeGetOneKeySet}). A file is encrypted only with a key set that was read back
 *       from the database.
 *   <li>A file is readable whatever the setting is now ({@code
 *       FileKeysTest.olderFilesStayReadableAfterTheEncryptionIsSwitchedOnAndOff}).
 *   <li>A tenant that has ended gets no key set, because its erasure may be over ({@code
 *       FileKeysTest.aTenantThatHasEndedGetsNoKeySet}).
 * </ul>
 *
 * <p><b>Failure cases.</b> If the process dies between the key set and the first file, the tenant has a key set that no file needs. If the
 * wrapping key is not configured, storing and reading fail with an error that names it, and work again when it is back. If a file is not
 * the one that was stored, {@link io.weekly.store.encryption.CorruptFiles} tells the operators once a day in each process, and the file
 * stays. A fault of the disk is not taken for a corrupt file. If the database loses a key set that was committed (a restored backup, a
 * failover that loses commits), processes that have it in memory use it for at most ten minutes more, and the files of this time are lost.
 */
@NullMarked
package io.weekly.store.encryption;

import org.jspecify.annotations.NullMarked;
