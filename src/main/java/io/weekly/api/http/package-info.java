/**
 * The HTTP code that all resources share: roles, problems, JSON, validation, paging, polling, idempotency, byte ranges.
 *
 * <p><b>Model.</b> Some classes are filters of the Vert.x router. They run before the resource of a request is found, in this order: {@link
 * io.weekly.api.http.SlowClients} and {@link io.weekly.api.http.RequestOrigins}, {@link io.weekly.api.http.SecurityHeaders} and {@link
 * io.weekly.api.http.LinkPaths}, {@link io.weekly.api.http.HeaderCheck} (Host), {@link io.weekly.api.http.Compression}, {@link
 * io.weekly.api.http.BodyLimits}, {@link io.weekly.api.http.AllowedMethods}, again {@code HeaderCheck} (Accept and Content-Type), and
 * {@link io.weekly.api.http.QueryParameters}. Methods and query parameters are compared with the OpenAPI document ({@link
 * io.weekly.api.http.DescribedPaths}). Filters read the path as resources are matched with it ({@link io.weekly.api.http.RequestPaths}), so
 * another spelling passes none of them by ({@code QueryParametersTest.noSpellingOfAPathIsPassedBy}). Then {@link
 * io.weekly.api.http.RoleFilters} checks the role that the resource's annotation names. Then the body is parsed. {@link
 * io.weekly.api.http.StrictJson} refuses unknown and duplicate fields and values of the wrong type. Finally the resource calls {@link
 * io.weekly.api.http.Validation}.
 *
 * <p>A list is read in {@link io.weekly.api.http.Page}s ordered by a key. The cursor is the last key of a page. So if rows are added while
 * a client reads, no row is skipped or repeated. A request that starts long work gets a 202 ({@link io.weekly.api.http.AcceptedRequests}).
 * The client then polls the state of the work, with ETags ({@link io.weekly.api.http.StatusPolling}).
 *
 * <p>A client that sends a request too slowly loses its connection, without a response ({@link io.weekly.api.http.SlowClients}).
 *
 * <p><b>Invariants.</b> A {@code Location} is a path, because the header {@code Host} may be forged ({@code SecurityHeadersTest}). No
 * shared cache may store a response of the API, and no cache may use one without asking ({@code SecurityHeadersTest}).
 *
 * <p><b>Failure cases.</b> {@link io.weekly.api.http.Problems} turns every failure of a resource into a problem (RFC 9457). {@link
 * io.weekly.api.http.ProblemWriter} writes the problems of the filters. Quarkus itself answers two cases without a problem: a URI with an
 * invalid percent encoding (400), and any request while the process shuts down (503). If the database is away, the problem is a 503 with
 * {@code Retry-After}, and nothing is logged here. If a key of the keyring is missing, the problem is a 503 too, and the log names the key.
 * If the failure is a fault of the service, it is logged with a number, and the response contains only that number. This package stores
 * nothing. If the process dies during a request, the connection breaks, and the client can repeat a request with an {@code
 * Idempotency-Key}.
 */
@NullMarked
package io.weekly.api.http;

import org.jspecify.annotations.NullMarked;
