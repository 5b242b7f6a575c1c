/**
 * The HTTP machinery that all resources share: roles, problems, JSON, validation, paging, polling, idempotency, byte ranges.
 *
 * <p><b>Model.</b> Some classes act before a resource is found, on the Vert.x router, in this order: {@link
 * io.weekly.api.http.HeaderCheck}, {@link io.weekly.api.http.Compression}, {@link io.weekly.api.http.BodyLimits}, {@link
 * io.weekly.api.http.AllowedMethods}. Then {@link io.weekly.api.http.RoleFilters} checks the role that the resource's annotation names.
 * Then the body is parsed: {@link io.weekly.api.http.StrictJson} refuses unknown and duplicate fields and values of the wrong type. The
 * resource itself calls {@link io.weekly.api.http.Validation}.
 *
 * <p>A list is read in {@link io.weekly.api.http.Page}s ordered by a key. The cursor is the last key of a page, so rows that are added
 * meanwhile neither shift a page nor repeat a row. Long work answers 202 ({@link io.weekly.api.http.AcceptedRequests}) and is polled with
 * ETags ({@link io.weekly.api.http.StatusPolling}).
 *
 * <p><b>Failure cases.</b> {@link io.weekly.api.http.Problems} turns every failure into a problem (RFC 9457). Before a resource is found,
 * {@link io.weekly.api.http.ProblemWriter} does. Quarkus itself answers two cases without a problem: a URI with an invalid percent encoding
 * (400), and any request while the process shuts down (503). If the cause is not the client's, the failure is logged with a number, and
 * the response contains only that number.
 */
@NullMarked
package io.weekly.api.http;

import org.jspecify.annotations.NullMarked;
