/**
 * The look of a tenant: its colour, the variants and palette that are derived from it, and its logo.
 *
 * <p>Every colour for text has a contrast of 4.5 with its background, and every colour for graphics has 3 with white, whatever colour the
 * tenant chose. A text that is not a colour becomes a default colour: a report never fails because of one.
 *
 * <p>A {@link io.weekly.render.brand.LogoImage} is decoded, or drawn, once before a report uses it. A logo that cannot be shown is refused
 * there with a reason, and reports go out without it. All types are immutable.
 */
@NullMarked
package io.weekly.render.brand;

import org.jspecify.annotations.NullMarked;
