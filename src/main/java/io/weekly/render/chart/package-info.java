/**
 * Draws charts as inline SVG.
 *
 * <p>{@link io.weekly.render.chart.ChartRows} reads the columns of a dataset that a chart's tag names, and makes a
 * {@link io.weekly.render.chart.Chart} of them. Each kind of chart has a class that draws it; charts with an x axis share a
 * {@code PlotArea}. A {@link io.weekly.render.chart.ChartStyle} holds the colours, number formats and texts. {@code ChartText} describes
 * the chart in words for readers who do not see it.
 *
 * <p>Any data make a valid drawing: no values, negative values, very large values, thousands of rows. Texts never overlap and never leave
 * the drawing. If there is too little space, a name is shortened, but a number is never cut: it would be a different number.
 *
 * <p>A tag that does not fit the data is an {@link java.lang.IllegalArgumentException}, which the template turns into an error with file
 * and line.
 */
@NullMarked
package io.weekly.render.chart;

import org.jspecify.annotations.NullMarked;
