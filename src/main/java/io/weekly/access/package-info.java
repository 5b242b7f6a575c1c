/**
 * Authentication and authorization: who the caller of a request is, and which data the caller may read and change.
 *
 * <p><b>Model.</b> {@link io.weekly.access.Callers} is the only class that reads the claims of the platform's JWT. It returns a
 * {@link io.weekly.access.Caller}: user, role, tenant, and the {@link io.weekly.tenant.Scope} of its data.
 * {@link io.weekly.access.RequestAccess} holds the caller of one request. The caller is authorized before the body of the request is read.
 * So a caller that is not authorized gets no information from validation errors.
 *
 * <p>The roles are, from the highest to the lowest, operator, auditor, tenant-admin and viewer. Each role includes the lower ones, except
 * that an auditor reads everything and changes nothing. If a token has several roles, the highest counts. A token of an operator or auditor
 * with a tenant is refused: whoever may name groups in the realm of one tenant would see every tenant.
 *
 * <p>A request for data that the caller may not see gets the same answer as one for data that do not exist, a 404
 * ({@link io.weekly.access.NotVisibleException}). If the caller sees the data but its role does not permit the action, the answer is a 403.
 *
 * <p>Two caches keep polling cheap. {@link io.weekly.access.UserCache} keeps tenants and recipients for at most five seconds. If a tenant
 * or recipient changes or ends, the process that changed it clears its cache at once. Other processes use their old entry for at most five
 * seconds more. {@link io.weekly.access.VerifiedTokens} keeps tokens with a valid signature for at most 30 seconds, and never after they
 * expire.
 *
 * <p>The public keys for signatures are in a file or at an address of the token issuer. {@link io.weekly.access.IssuerKeys} reads the
 * address on a timer and keeps the keys in memory, so no request waits for the issuer.
 *
 * <p>A client may send an {@code Idempotency-Key} with a request that creates something. {@link io.weekly.access.IdempotencyKeys} stores
 * the response for this caller, route and key, in the same transaction as the work of the request. A repeated request gets the stored
 * response.
 *
 * <p>{@link io.weekly.access.RequestLimits} limits the requests of each token, and the refused tokens and links of each client address.
 * The counts are in memory, so each process has its own, and a restart forgets them. Their number is bounded.
 *
 * <p>{@link io.weekly.access.RefusedAccess} records refused requests in the audit trail, at most one per minute, caller and reason. A flood
 * neither fills the memory nor the table ({@code RefusedAccessTest}). {@link io.weekly.access.HiddenThings} finds the requests that got a
 * 404 although the thing exists, which are refused requests too ({@code
 * HiddenThingsTest.a404ForSomethingThatExistsElsewhereIsARefusal}).
 *
 * <p><b>Invariants.</b> Each operation refuses each caller that may not use it, and no response to another caller contains a text, id or
 * figure of a tenant ({@code IsolationMatrixTest.eachCallerGetsWhatTheOperationDeclares}). Each operation declares whom it refuses ({@code
 * IsolationMatrixTest.eachOperationIsDeclaredOnce}). What a caller may not see looks like what does not exist, also in filters, cursors
 * and bodies ({@code ForeignValuesTest.aFilterWithAValueOfAnotherTenantFindsNothingOfIt}, {@code
 * ForeignValuesTest.aCursorOfAnotherTenantShowsNothingOfIt}, {@code ForeignBodiesTest.anotherTenantIsUnknown}). A stored response is
 * repeated only to the caller that got it first ({@code ForeignKeysTest.theKeyOfAnotherCallerRepeatsNoAnswer}). A valid token is accepted,
 * whatever was sent from its address before ({@code RequestLimitsTest}). Keys are read over an encrypted connection, except on this
 * machine ({@code KeyAddressTest}, {@code KeySetReaderTest}).
 *
 * <p><b>Failure cases.</b> A missing or invalid token, or one without {@code sub}, is a 401, and too many of them are a 429. A token
 * without a known role, or without the {@code tenant_id} that its role needs, is a 403. While the issuer is away, its known keys stay
 * valid for a limited time. Without known keys the service is not ready and answers with 503: a 401 would tell clients to log their users
 * out. A token of a tenant that has ended is a 404. If a resource has no role annotation, its requests are never authorized. Then reading
 * the caller fails, so the request returns no data. If the process dies before the commit, neither the change nor the response is stored,
 * and the client can repeat the request.
 */
@NullMarked
package io.weekly.access;

import org.jspecify.annotations.NullMarked;
