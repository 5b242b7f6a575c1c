/**
 * Decodes the raster images of a report: PNG and JPEG.
 *
 * <p>A PNG is read by {@code Png}, because OpenPDF needs ImageIO for it, which a native image does not have. The pixels are unpacked and
 * compressed again as a PDF stores them. A JPEG goes into the PDF as it is.
 *
 * <p>The number of pixels is checked before anything is unpacked: a small file can claim gigabytes. An image that cannot be shown is an
 * {@link java.lang.IllegalArgumentException} with the reason, or an empty result in a page, which then shows no image.
 */
@NullMarked
package io.weekly.render.image;

import org.jspecify.annotations.NullMarked;
