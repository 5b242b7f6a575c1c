/**
 * Composes pages from the Qute templates of a definition.
 *
 * <p>A {@link io.weekly.render.template.ReportTemplate} is parsed once, when its definition is loaded. It is composed for each reader, with
 * the reader's formats and messages and the tenant's brand. Mistakes that do not depend on data are found when the definition is loaded.
 * {@link io.weekly.render.template.DataReference} is one use of data in a template, so that the loader can check the names.
 *
 * <p>Data can never add markup. Each value is escaped for the kind of file (HTML, CSS or plain text), and a template cannot switch that
 * off. A template can read maps, lists, texts, numbers and days, but no files and no other templates.
 *
 * <p>{@link io.weekly.render.template.TemplateLimits} bounds the loops, the text and the time of each composition. Qute would compose any
 * loop to its end, and keep all of its results in memory. A template that exceeds a limit fails with file and line, like any other mistake.
 *
 * <p>If a template uses a name that the data do not have, it fails with file and line. Parsed templates never change, so several threads
 * may compose the same template at the same time.
 */
@NullMarked
package io.weekly.render.template;

import org.jspecify.annotations.NullMarked;
