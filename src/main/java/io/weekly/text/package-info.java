/**
 * Operations on plain text that several packages need. {@link io.weekly.text.Ellipsis} shortens a text between two visible characters,
 * which {@link io.weekly.text.Graphemes} finds. {@link io.weekly.text.ControlCharacters} replaces what readers must not get.
 * {@link io.weekly.text.EmailAddress} is the one rule for mail addresses, and {@link io.weekly.text.HostName} maps names of hosts in URLs
 * as it does. {@link io.weekly.text.Spelling} suggests the name that somebody may have misspelt. A
 * {@link io.weekly.text.Warning} is a short text with a code. This package depends on no other package of the service. It has no state, so
 * nothing is lost when the process dies.
 *
 * <p><b>Invariants</b> of addresses. Reading never throws and takes linear time; the normal form of a valid address is valid and is its own
 * normal form; it is ASCII without blanks and quotes: {@code EmailAddressPropertiesTest}.
 */
@NullMarked
package io.weekly.text;

import org.jspecify.annotations.NullMarked;
