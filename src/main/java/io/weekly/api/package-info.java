/**
 * The resources of the HTTP API, and the records that they read and return where no record of the domain fits.
 *
 * <p><b>Model.</b> A resource is thin. It finds the caller, validates the request, calls one class of the domain and turns its result into
 * a response. No business rule stands here. The records of the domain are the JSON.
 *
 * <p>A request takes this path: the annotation of the resource ({@link io.weekly.api.http.ForViewers},
 * {@link io.weekly.api.http.ForTenantAdmins} or {@link io.weekly.api.http.ForOperators}) names the role, which is checked before the body
 * is read. Then the body is parsed and validated. {@link io.weekly.api.http} holds this machinery, {@link io.weekly.api.request} checks
 * what a body names (a tenant, a definition), {@link io.weekly.api.upload} reads uploads line by line, and
 * {@link io.weekly.api.description} completes the OpenAPI document.
 *
 * <p><b>Invariants.</b> Each method of a resource has a role annotation. No class here uses the database directly. {@code ArchitectureTest}
 * checks both.
 *
 * <p><b>Failure cases.</b> Each error response is a problem (RFC 9457), see {@link io.weekly.api.http}. If the process dies during a
 * request, the transaction of the domain class decides what was stored; a client that sends an {@code Idempotency-Key} repeats the request.
 */
@NullMarked
package io.weekly.api;

import org.jspecify.annotations.NullMarked;
