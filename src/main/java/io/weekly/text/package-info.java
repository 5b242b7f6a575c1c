/**
 * Plain text operations that several packages need. This package uses no other package of ours, and it keeps no state.
 */
@NullMarked
package io.weekly.text;

import org.jspecify.annotations.NullMarked;
