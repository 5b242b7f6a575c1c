/**
 * Composes pages from the Qute templates of a definition.
 *
 * <p>A {@link io.weekly.render.template.ReportTemplate} is parsed when its definition is loaded, and composed for each reader, with the
 * reader's formats and messages and the tenant's brand. Mistakes that do not depend on data are found when the definition is loaded;
 * {@link io.weekly.render.template.DataReference} lists the data that a template uses, so that the loader can check the names.
 *
 * <p>Values of the data are text, always. Each value is escaped for the kind of file it goes into, and a template cannot switch that off.
 * A template reads maps, lists, texts, numbers and days, but no files and no other templates.
 *
 * <p>A template that uses something that the data do not have fails with file and line. Parsed templates never change; several threads
 * may compose the same one.
 */
@NullMarked
package io.weekly.render.template;

import org.jspecify.annotations.NullMarked;
