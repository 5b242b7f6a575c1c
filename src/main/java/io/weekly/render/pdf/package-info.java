/**
 * Renders XHTML to PDF with Flying Saucer and OpenPDF.
 *
 * <p>{@link io.weekly.render.pdf.Pdf} parses the page, adds bookmarks, lays it out and writes the file, with a password if the recipient
 * has one. Charts and SVG logos are drawn with PDF operators: they are vectors, and their text is text. This needs neither AWT's Graphics2D
 * nor reflection, so a native image gives the same PDF.
 *
 * <p>A document loads nothing from outside: only images inside of it are shown ({@code EmbeddedImages}). Any other reference is refused,
 * and the page shows nothing in its place.
 *
 * <p>Each document has its own renderer, fonts and images, so threads share nothing and a failure leaves nothing behind. A page that is not
 * XHTML, or that cannot be laid out, is a {@link io.weekly.render.RenderException}.
 */
@NullMarked
package io.weekly.render.pdf;

import org.jspecify.annotations.NullMarked;
