/**
 * The look of a tenant: its colour, the variants and palette that are derived from it, and its logo.
 *
 * <p>Whatever colour the tenant chose, each text colour has a contrast of at least 4.5 with its background, and each graphics colour has a
 * contrast of at least 3 with white (WCAG 2). If the tenant's colour is not valid, a default colour replaces it, so no report fails because
 * of a colour.
 *
 * <p>A {@link io.weekly.render.brand.LogoImage} is decoded (PNG, JPEG) or drawn (SVG) once for a test, before any report uses it. If that
 * fails, the logo is refused with a reason, and the reports are made without it. All types are immutable.
 */
@NullMarked
package io.weekly.render.brand;

import org.jspecify.annotations.NullMarked;
