/**
 * The resources of the HTTP API. It also holds the records of requests and responses, where no record of a domain package fits.
 *
 * <p><b>Model.</b> A resource finds the caller, validates the request, calls a class of a domain package and turns the result into a
 * response. It contains no business rules. Records of the domain packages are written as JSON directly.
 *
 * <p>A request is processed in this order. First the role of the caller is checked. An annotation of the resource names the required role
 * ({@link io.weekly.api.http.ForViewers}, {@link io.weekly.api.http.ForTenantAdmins} or {@link io.weekly.api.http.ForOperators}). Then the
 * body is read, parsed and validated. {@link io.weekly.api.http} contains the code for these steps, {@link io.weekly.api.request} checks
 * what a body names (a tenant, a definition), {@link io.weekly.api.upload} reads uploads line by line, and
 * {@link io.weekly.api.description} completes the OpenAPI document.
 *
 * <p><b>Invariants.</b> Each method of a resource has a role annotation. No class here uses the database directly. {@code ArchitectureTest}
 * checks both.
 *
 * <p><b>Failure cases.</b> Each error response is a problem (RFC 9457), see {@link io.weekly.api.http}. If the process dies during a
 * request, the change is stored only if the transaction of the domain class was committed. A client that sent an {@code Idempotency-Key}
 * can safely repeat the request.
 */
@NullMarked
package io.weekly.api;

import org.jspecify.annotations.NullMarked;
