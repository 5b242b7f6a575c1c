/**
 * From figures to a page to a PDF, and to spreadsheets: plain blocking Java that knows no SQL, no HTTP and nobody
 * else of ours. It runs on the render pool.
 *
 * <p>A {@link io.weekly.render.template.Page} is a Qute template, parsed once when its definition is loaded and composed for each reader, in that
 * reader's {@link io.weekly.render.text.Formats} and the tenant's {@link io.weekly.render.brand.Brand}. Charts are a section of the template and
 * become inline SVG, which {@link io.weekly.render.chart.Chart} draws: a file for each kind, on a {@link io.weekly.render.chart.Frame} that they share,
 * in a {@link io.weekly.render.brand.Palette} made of the brand's one colour, with a {@link io.weekly.render.chart.ChartText} for who does not see it.
 * {@link io.weekly.render.pdf.Pdf} lays the XHTML out with Flying Saucer and draws that SVG with PDF operators: no chart is a raster image, and
 * neither AWT's Graphics2D nor reflection is needed, so it is the same in a native image. Data have gaps: a format of NULL is a dash
 * ({@code Nothing}), not a failure.
 *
 * <p>The same figures are a {@link io.weekly.render.sheet.Table} each for {@link io.weekly.render.sheet.Xlsx} and {@link io.weekly.render.sheet.Csv}: the
 * first is for people, in their words and formats, the second for machines, in none. Both are written as they go.
 *
 * <p>Pictures made of pixels are a {@code Raster}: a {@code Png} is read by ourselves, since ImageIO is AWT's, and packed again as a PDF
 * has it; a JPEG goes in as it is. A page unpacks so many pixels and no more.
 *
 * <p>A tenant's logo is a {@link io.weekly.render.brand.LogoImage}, looked at once before any report shows it. Its SVG comes from outside, so it
 * never gets into the page's mark-up: the page names it, and {@code SvgPainter} draws what it knows of it into a template of its own.
 *
 * <p>What comes from data is text, always: each value is escaped by the kind of file it goes into, and no template can say otherwise.
 * A document loads nothing but the images inside it; whatever else it names is refused and left out. What the font lacks shows as
 * U+FFFD, since a name with a hole in it would look right.
 *
 * <p>Nothing here is kept between two reports but the bytes of the fonts and the parsed templates, which never change, so any number of
 * threads may render at once and a failure leaves nothing behind. A failure is a {@link io.weekly.render.RenderException} that names
 * file and, where known, line; rendering the same figures again fails the same way, so it is not worth a retry.
 */
package io.weekly.render;
