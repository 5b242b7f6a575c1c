/**
 * Draws the SVG logo of a tenant with PDF operators.
 *
 * <p>The SVG is not trusted, because a tenant uploads it. So its text never becomes part of a page. {@link io.weekly.render.svg.SvgNode}
 * parses it and refuses DOCTYPE and entities. {@link io.weekly.render.svg.SvgPainter} draws the elements that it knows into a separate PDF
 * template. It ignores unknown elements and properties.
 *
 * <p>The number of elements, their depth, the number of drawn segments and the time are limited ({@code SvgBudget}). If an SVG exceeds a
 * limit, it is refused with an {@link java.lang.IllegalArgumentException}. Every text of an SVG is read in one pass, and a text that is
 * read again at each use of an element has a limited length: otherwise a small file could take minutes. An interrupt ends the drawing. The
 * code uses AWT's geometry and colours, but not AWT's Graphics2D, which a native image does not have. Charts use the same classes for
 * paths, lengths and views.
 */
@NullMarked
package io.weekly.render.svg;

import org.jspecify.annotations.NullMarked;
