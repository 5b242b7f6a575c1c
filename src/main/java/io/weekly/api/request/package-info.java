/**
 * Checks the names in a request: its tenant, its definition and formats, and the recipient of a sample.
 *
 * <p><b>Model.</b> Several resources take the same names in their bodies, so they share these checks and defaults. If a check fails, the
 * response is the problem that the API documents: a 404 if the caller may not see the thing, or a 422 with the name of the field if the
 * thing does not exist.
 *
 * <p>{@link io.weekly.api.request.OrderLimits} counts the reports and samples that a tenant orders by hand, in the database. Beyond a limit
 * the response is a 429 ({@code OrderLimitsTest}).
 *
 * <p><b>Failure cases.</b> After the check, a definition can be removed (at a restart) and a recipient can end. Therefore the stages of a
 * report check both again. The checks write nothing, so nothing is lost when the process dies.
 */
@NullMarked
package io.weekly.api.request;

import org.jspecify.annotations.NullMarked;
