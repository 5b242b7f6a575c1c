/**
 * Signed links: addresses that open one file of a report without a sign-in, until they expire or are revoked.
 *
 * <p><b>Model.</b> The token of a link names a key and the link, and has a MAC over both ({@link io.weekly.access.link.LinkTokens}). A row
 * of the database says which file the link opens, until when, and whether it was revoked ({@link io.weekly.access.link.Links}). The row has
 * a MAC too ({@link io.weekly.access.link.LinkMacs}), so nobody can let a link open another file by a change in the database. Tokens are
 * not stored, so nobody can read working links out of the database or a backup. A link never opens a file that has expired, and never
 * works after its tenant or recipient has ended, or while the recipient is not active.
 *
 * <p>A link may be opened many times, because the scanners of mail systems open the links in a mail before its reader does.
 *
 * <p>A client that asks for many links that do not exist gets a 429. A genuine link opens nevertheless, because many readers may share one
 * address. A link that is opened in a loop gets a 429 too, because each use is written to the database
 * ({@link io.weekly.access.RequestLimits}, {@code LinkLimitsTest.aLinkThatIsOpenedTooOftenIsToldWhenToComeBack}).
 *
 * <p>A mail contains one link for each file and delivery. All attempts of the delivery have the same link.
 *
 * <p><b>Invariants.</b> Only tokens that the service made open anything ({@code LinkTokensTest.noAlteredTokenIsGenuine}). A row that was
 * changed by others opens nothing, and gets no new MAC ({@code
 * LinkedFileResourceTest.aLinkWhoseRowWasChangedInTheDatabaseOpensNothingAndIsReportedOnce}, {@code
 * LinksTest.aDeliveryWhoseLinkWasChangedInTheDatabaseGetsNoAddress}). Its revocation is not part of the MAC, so it can be undone there.
 * Whether a link exists, was revoked or has expired is only told after its MAC was checked ({@code
 * LinkedFileResourceTest.expiredAndRevokedLinksAreGoneAndAllOthersDoNotExist}). Each use is an audit event in the same transaction as the
 * time of the last use. All attempts of a delivery have the same link ({@code LinksTest.allAttemptsOfADeliveryHaveTheSameLink}). No token
 * is in the log ({@code LinkedFileResourceTest.theLogHasNoToken}) or in the database ({@code
 * LinkResourceTest.aRepeatedRequestGetsTheSameLinkAndTheDatabaseHasNoToken}).
 *
 * <p><b>Failure cases.</b> Without a key no link can be made. If the key of a link is not configured any more, its token is unknown, and a
 * mail that must contain it fails with an error that names the key. While the database is away, or takes no writes, links do not open:
 * their use could not be recorded.
 */
@NullMarked
package io.weekly.access.link;

import org.jspecify.annotations.NullMarked;
