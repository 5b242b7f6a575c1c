/**
 * The logos of tenants: validation and storage.
 *
 * <p><b>Model.</b> {@link io.weekly.tenant.logo.Logo#fault} checks the bytes of an upload, not its declared type. A PNG or JPEG must be
 * complete and have nothing after its end. An SVG may contain only the elements, attributes and CSS functions that {@link
 * io.weekly.tenant.logo.SvgRules} lists. None of them runs code or loads anything from outside of the file. {@link
 * io.weekly.tenant.logo.Logos} stores one logo for each tenant.
 *
 * <p>Then the logo is decoded or drawn with the code that reports use ({@link io.weekly.render.brand.LogoImage}), on the one thread of
 * {@link io.weekly.tenant.logo.LogoCheck}.
 *
 * <p><b>Invariant.</b> A stored logo has passed the check, so the API returns it without another check, and reports can show it.
 *
 * <p><b>Failure cases.</b> A logo with a fault is refused with the reason and is not stored. A logo and its audit event are stored in one
 * transaction. If the process dies before the commit, the tenant keeps its old logo.
 */
@NullMarked
package io.weekly.tenant.logo;

import org.jspecify.annotations.NullMarked;
