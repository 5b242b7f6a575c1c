/**
 * Operations on plain text that several packages need. {@link io.weekly.text.Ellipsis} shortens a text between two visible characters,
 * which {@link io.weekly.text.Graphemes} finds. {@link io.weekly.text.ControlCharacters} replaces what readers must not get.
 * {@link io.weekly.text.Spelling} suggests the name that somebody may have misspelt. A {@link io.weekly.text.Warning} is a short text with
 * a code. This package depends on no other package of the service. It has no state, so nothing is lost when the process dies.
 */
@NullMarked
package io.weekly.text;

import org.jspecify.annotations.NullMarked;
