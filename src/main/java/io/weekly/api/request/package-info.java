/**
 * Checks what a request names: its tenant, its definition and formats, the recipient of a sample.
 *
 * <p><b>Model.</b> Several resources take the same names in their bodies, so the checks and the defaults stand here once. Each check fails
 * with the problem that the API documents: a 404 for what the caller may not see, a 422 with the field for what does not exist.
 *
 * <p><b>Failure cases.</b> A definition can be removed, and a recipient can end, after its check. The stages of a report check both again.
 */
@NullMarked
package io.weekly.api.request;

import org.jspecify.annotations.NullMarked;
