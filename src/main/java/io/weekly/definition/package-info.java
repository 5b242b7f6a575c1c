/**
 * Definitions: the kinds of reports. A definition is a folder of files: a {@code report.yaml}, datasets in SQL, templates in Qute, a style
 * sheet, and texts.
 *
 * <p><b>Model.</b> {@code DefinitionLoader} turns the files of a folder into a {@link io.weekly.definition.Definition}, or into a {@link
 * io.weekly.definition.BrokenDefinition} that lists all faults with file, line and reason. {@code ReportYaml} reads the settings, {@code
 * DatasetFiles} the SQL and {@code TemplateFiles} the templates. {@link io.weekly.definition.Definitions} loads all folders once, at start.
 * {@link io.weekly.definition.DefinitionFolder} reads a folder, and no file outside of {@code weekly.definitions.dir}. Only dev mode
 * replaces a definition later, when one of its files is saved.
 *
 * <p><b>Checks.</b> The loader checks every name in a template ({@code TemplateNames}). It cannot check the columns of datasets, because
 * only the database knows them. It refuses everything that would fail later or would have no effect: unknown keys, files and names, unused
 * datasets, references to other hosts.
 *
 * <p><b>Use.</b> {@link io.weekly.definition.ReportPage}, {@link io.weekly.definition.ReportTables} and {@link
 * io.weekly.definition.MailText} fill a definition with the figures of one report and its {@link io.weekly.definition.ReportFacts}. The
 * package {@code source} reads the figures, the package {@code render} makes files of them.
 *
 * <p><b>Invariants.</b>
 *
 * <ul>
 *   <li>A definition is immutable. Its {@code version} is the SHA-256 of its files, so two definitions with the same version have the same
 *       content.
 *   <li>{@code :names} in SQL become bound parameters. No value is ever written into a statement.
 *   <li>A dataset without {@code :tenant} is refused, unless report.yaml declares it global.
 * </ul>
 *
 * <p><b>Failures.</b> A broken definition does not affect the others. The service starts nevertheless and logs the faults, and the API
 * returns them. If a template fails with the figures of one report, it throws a {@code RenderException} with file and line. Then only that
 * report fails. This package keeps nothing in the database, so nothing is lost when the process dies.
 */
@NullMarked
package io.weekly.definition;

import org.jspecify.annotations.NullMarked;
