/**
 * Who calls, and whose things that caller may see and change.
 *
 * <p><b>Model.</b> The platform's JWT becomes a {@link io.weekly.access.Caller} in one place, {@link io.weekly.access.Callers}: user,
 * role, tenant, and the {@link io.weekly.tenant.Scope} that every query takes. The {@link io.weekly.access.RequestAccess} of a request is opened
 * before its body is read: whoever may not do something learns nothing from how a body would have been judged.
 *
 * <p>Roles include each other, operator, tenant-admin, viewer; of several groups the highest counts. What one may not see is not there
 * ({@link io.weekly.access.NotVisibleException}); what one may see but not do is forbidden. Tenant and recipient are remembered for
 * five seconds at most, so that ending one takes effect soon although its tokens live on: at once in the process that ends it. That a
 * token is genuine is remembered for half a minute, never beyond its expiry ({@link io.weekly.access.VerifiedTokens}).
 *
 * <p>A request that makes something may say by a key that it is the same as an earlier one: {@link io.weekly.access.IdempotencyKeys}
 * keeps the answer in the transaction of what was made, for the same caller, route and key.
 *
 * <p><b>Failure cases.</b> No token, or one that is not genuine, is a 401; one without a group of ours, a {@code sub} or, but for
 * operators, a {@code tenant_id} is a 403; one of a tenant that has ended a 404. A resource that forgets the gate finds it closed and
 * fails; it cannot leak.
 */
package io.weekly.access;
