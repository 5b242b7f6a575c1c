/**
 * The HTTP API: finds the caller, asks the collections, answers. Thin: no rule lives here that is not about HTTP or JSON.
 *
 * <p><b>Model.</b> A request passes the door that its resource's annotation names ({@link io.weekly.api.http.RoleFilters}) before its body is
 * read, then the body is read strictly ({@link io.weekly.api.http.StrictJson}) and held against its record's own rules. Records of the
 * domain are the JSON. Lists are pages in the order of a key, with the last key as an opaque cursor, so that what is added meanwhile
 * neither shifts a page nor shows a thing twice. Uploads of lines are read as they arrive, a chunk at a time. What the API says of
 * itself is made in {@link io.weekly.api.description} while it is built; OPTIONS and a 405's Allow are read from that.
 *
 * <p><b>Failure cases.</b> Everything that ends a request early becomes a problem (RFC 9457) in {@link io.weekly.api.http.Problems}, or in
 * {@link io.weekly.api.http.ProblemWriter} where no resource was looked for yet. Quarkus itself answers two things without one: an address
 * with a percent sign that encodes nothing (400), and whatever comes while the process goes down (503). Where the
 * cause is not the client's it is logged with a number, and the answer has the number and nothing else.
 */
package io.weekly.api;
