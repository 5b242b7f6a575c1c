/**
 * Who calls, and which data that caller may read and change.
 *
 * <p><b>Model.</b> {@link io.weekly.access.Callers} is the only class that reads the claims of the platform's JWT. It returns a
 * {@link io.weekly.access.Caller}: user, role, tenant, and the {@link io.weekly.tenant.Scope} that every query takes.
 * {@link io.weekly.access.RequestAccess} holds the caller of one request. It is authorized before the request's body is read, so a caller
 * without the right learns nothing from how a body would be validated.
 *
 * <p>Each role includes the roles below it: operator, tenant-admin, viewer. If a token has several, the highest counts. Data that the
 * caller may not see does not exist for it ({@link io.weekly.access.NotVisibleException}, a 404). An action on visible data that its role
 * does not permit is a 403.
 *
 * <p>Two caches keep polling cheap. {@link io.weekly.access.UserCache} keeps tenants and recipients for at most five seconds. If a tenant
 * or recipient ends, this process removes it from the cache at once, and other processes serve it for at most five seconds more.
 * {@link io.weekly.access.VerifiedTokens} keeps tokens with a valid signature for half a minute, and never beyond their expiry.
 *
 * <p>A request that creates something may carry an idempotency key. {@link io.weekly.access.IdempotencyKeys} stores the response per
 * caller, route and key, in the transaction that creates the thing.
 *
 * <p><b>Failure cases.</b> A missing or invalid token is a 401. A token without a known role, without {@code sub} or (except for
 * operators) without {@code tenant_id} is a 403. A token of a tenant that has ended is a 404. If a resource has no role annotation, its
 * request was never authorized: reading the caller fails, and no data leaks. If the process dies before the commit, neither the new thing
 * nor its stored response exists, and the client can repeat the request.
 */
@NullMarked
package io.weekly.access;

import org.jspecify.annotations.NullMarked;
