/**
 * Decodes the raster images of a report: PNG and JPEG.
 *
 * <p>OpenPDF reads a PNG with ImageIO, which a native image does not have. Therefore {@code Png} reads it: it unpacks the pixels and
 * compresses them again in the format that a PDF uses. A JPEG is copied into the PDF unchanged; {@code JpegHeader} refuses those that a PDF
 * cannot show, and finds out how to turn the others ({@link io.weekly.render.image.Orientation}).
 *
 * <p>The number of pixels is checked before anything is unpacked, because a small file can unpack to gigabytes. If a logo cannot be shown,
 * the result is an {@link java.lang.IllegalArgumentException} with the reason. If an image of a page cannot be shown, the result is empty,
 * and the page shows no image.
 */
@NullMarked
package io.weekly.render.image;

import org.jspecify.annotations.NullMarked;
