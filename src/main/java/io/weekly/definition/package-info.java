/**
 * Definitions: the kinds of reports. A definition is a folder of files: a {@code report.yaml}, datasets in SQL, templates in Qute, a style
 * sheet, and texts.
 *
 * <p><b>Loading.</b> {@code DefinitionLoader} turns the files of a folder into a {@link io.weekly.definition.Definition}, or into a {@link
 * io.weekly.definition.BrokenDefinition} that lists all faults with file, line and reason. {@code ReportYaml} reads the settings, {@code
 * DatasetFiles} the SQL and {@code TemplateFiles} the templates. {@link io.weekly.definition.Definitions} loads all folders once, at start.
 * In dev mode it loads a folder again when a file in it is saved.
 *
 * <p><b>Checks.</b> The loader knows every name that templates may use ({@code TemplateNames}), except the columns of datasets, which only
 * the database knows. It refuses whatever would fail later or silently do nothing: unknown keys, files and names, datasets that nothing
 * uses, references to other hosts.
 *
 * <p><b>Use.</b> {@link io.weekly.definition.ReportPage}, {@link io.weekly.definition.ReportTables} and {@link
 * io.weekly.definition.MailText} fill a definition with the figures of one report and its {@link io.weekly.definition.ReportFacts}. The
 * package {@code source} reads the figures, the package {@code render} makes files of them.
 *
 * <p><b>Invariants.</b>
 *
 * <ul>
 *   <li>A definition is immutable. Its {@code version} is the SHA-256 of its files, so the same version gives the same report.
 *   <li>{@code :names} in SQL become bound parameters. No value is ever written into a statement.
 *   <li>A dataset without {@code :tenant} is refused, unless report.yaml declares it global.
 * </ul>
 *
 * <p><b>Failures.</b> A broken definition does not affect the others. The service starts, logs the faults, and the API shows them. A
 * template that fails with real figures throws a {@code RenderException} with file and line; the worker then fails that one report. This
 * package keeps nothing in the database, so nothing is lost when the process dies.
 */
@NullMarked
package io.weekly.definition;

import org.jspecify.annotations.NullMarked;
