/**
 * Operations on plain text that several packages need: {@link io.weekly.text.Ellipsis} shortens a text, {@link io.weekly.text.Spelling}
 * suggests the name that somebody may have misspelt. This package depends on no other package of the service. It has no state, so nothing
 * is lost when the process dies.
 */
@NullMarked
package io.weekly.text;

import org.jspecify.annotations.NullMarked;
