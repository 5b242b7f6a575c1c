/**
 * Draws charts as inline SVG.
 *
 * <p>A chart is a tag in a template. {@link io.weekly.render.chart.ChartRows} reads the columns that the tag names from a dataset, and
 * turns them into a {@link io.weekly.render.chart.Chart}. Each kind of chart has a class that draws it. Charts with an x axis share
 * {@code PlotArea}. A {@link io.weekly.render.chart.ChartStyle} holds the colours, number formats and texts. {@code ChartText} describes
 * the chart in words for readers who do not see it.
 *
 * <p>All data give a valid drawing: no values, negative values, very large values, thousands of rows. Texts never overlap and never extend
 * beyond the drawing. If there is too little space, a name is shortened. A number is never shortened, because it would become a different
 * number.
 *
 * <p>If a tag does not fit the data, the result is an {@link java.lang.IllegalArgumentException}. The template adds file and line.
 */
@NullMarked
package io.weekly.render.chart;

import org.jspecify.annotations.NullMarked;
