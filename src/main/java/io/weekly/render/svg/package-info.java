/**
 * Draws the SVG logo of a tenant with PDF operators.
 *
 * <p>The SVG comes from outside, so it never becomes part of a page. {@link io.weekly.render.svg.SvgNode} parses it, without DOCTYPE and
 * entities, and {@link io.weekly.render.svg.SvgPainter} draws the elements that it knows into a template of its own. Unknown elements and
 * properties are ignored.
 *
 * <p>The work is bounded: the number of elements, their depth, and the segments that are drawn. An SVG that exceeds a limit is refused
 * with an {@link java.lang.IllegalArgumentException}. There is no AWT Graphics2D, which a native image does not have; only AWT's geometry
 * and colours are used. Paths, lengths and views are also used for charts.
 */
@NullMarked
package io.weekly.render.svg;

import org.jspecify.annotations.NullMarked;
