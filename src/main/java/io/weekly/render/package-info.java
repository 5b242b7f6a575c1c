/**
 * Turns the figures of a report into a PDF, a page for a mail, and spreadsheets. This package holds only the exceptions that its
 * subpackages share.
 *
 * <p>{@link io.weekly.render.template} composes the page from a template. Charts in a template are drawn by {@link io.weekly.render.chart},
 * in the colours of {@link io.weekly.render.brand} and with the number formats of {@link io.weekly.render.text}. Then
 * {@link io.weekly.render.pdf} makes a PDF of the page; logos and pictures come from {@link io.weekly.render.svg} and
 * {@link io.weekly.render.image}.
 * {@link io.weekly.render.sheet} writes the same figures as Excel and CSV.
 *
 * <p>All of it is plain blocking Java without SQL and HTTP. It is CPU-bound and runs on the render pool. Several threads may render at the
 * same time, because reports share only data that never change (the bytes of the fonts, parsed templates, widths of characters). A failure
 * or a crash leaves nothing behind: the result is an array of bytes in memory.
 *
 * <p>A rendering that takes too long is interrupted. Loops whose length depends on data check that, and end with a
 * {@link io.weekly.render.RenderStopped}.
 *
 * <p>A failure is a {@link io.weekly.render.RenderException} that names file and, if known, line. The same figures always fail in the same
 * way, so the worker does not try again.
 */
@NullMarked
package io.weekly.render;

import org.jspecify.annotations.NullMarked;
