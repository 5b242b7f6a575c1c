/**
 * The keyring: the secret keys of the service, and what needs them.
 *
 * <p><b>Model.</b> {@code weekly.keys.<id>} are the keys, 32 random bytes each, and {@code weekly.keys.current} names the one for what is
 * made from now on. {@link io.weekly.keys.Keyring} derives a key for each {@link io.weekly.keys.KeyPurpose} from each of them with
 * HKDF-SHA256 (RFC 5869), once, at the start. No other class sees a key as it was configured. Whatever is made with a key stores the id of
 * the key beside it. So after a change of the current key, old things can still be read as long as the old key is configured.
 *
 * <p>{@link io.weekly.keys.KeyUses} counts what needs each key, with the help of the packages that store such things
 * ({@link io.weekly.keys.KeyUser}). Operators see the counts in the log of each start and in the API. A key that nothing needs can be
 * removed. {@link io.weekly.keys.KeyRotation} encrypts anew with the current key what was encrypted with older ones ({@link
 * io.weekly.keys.Reencryption}), so that nothing needs these.
 *
 * <p><b>Invariants.</b> Two purposes never share a key ({@code KeyringTest.eachPurposeHasItsOwnKey}). No message contains a key ({@code
 * KeyringSettingsTest.noFaultContainsTheKey}). A rotation loses nothing: it replaces only a value that is still the one that it has read,
 * and what it cannot decrypt stays ({@code KeyRotationResourceTest.aRowThatCannotBeReadStaysAndTheOthersAreMoved}).
 *
 * <p><b>Failure cases.</b> With a wrong setting the service does not start: it prints one line for each fault. Without any key the service
 * starts, and refuses what would need one. If a key was removed too early, what needs it fails with an error that names the key, and works
 * again when the key is back. If the uses of the keys cannot be counted at the start, the log says so, and the API counts them later. If a
 * process dies during a rotation, the next request continues it. A process whose current key is still the old one can use it after a
 * rotation. The next request finds that ({@code KeyRotationResourceTest.aSecondRequestFindsWhatWasMadeUnderTheOldKeySince}).
 */
@NullMarked
package io.weekly.keys;

import org.jspecify.annotations.NullMarked;
