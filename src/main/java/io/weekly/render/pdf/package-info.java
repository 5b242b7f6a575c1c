/**
 * Renders XHTML to PDF with Flying Saucer and OpenPDF.
 *
 * <p>{@link io.weekly.render.pdf.Pdf} parses the page, adds bookmarks, lays it out and writes the file, with a password if the recipient or
 * the tenant has one. Charts and SVG logos are drawn with PDF operators, so they are sharp at any size, and readers can search and copy
 * their text. This needs neither AWT's Graphics2D nor reflection, so a native image gives the same PDF.
 *
 * <p>{@link io.weekly.render.pdf.PdfFile} says what the reader does not see: characters that the font does not have, and images that were
 * left out.
 *
 * <p>A document loads nothing from outside. It shows only images that it contains as {@code data:} URIs ({@code EmbeddedImages}). Any other
 * reference to an image is refused, and the page shows nothing in its place.
 *
 * <p>Each document has its own renderer, fonts and images, so threads share nothing, and a failure leaves nothing behind. If a page is not
 * XHTML, or cannot be laid out, the result is a {@link io.weekly.render.RenderException}.
 */
@NullMarked
package io.weekly.render.pdf;

import org.jspecify.annotations.NullMarked;
