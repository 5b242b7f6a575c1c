/**
 * Writes the datasets of a report as spreadsheets.
 *
 * <p>A {@link io.weekly.render.sheet.Table} is a dataset with its columns. {@link io.weekly.render.sheet.Xlsx} writes tables for people, in
 * their language and number formats. {@link io.weekly.render.sheet.Csv} writes them for machines, the same in every language.
 *
 * <p>Data never become a formula: the texts of a workbook are inline strings, and {@link io.weekly.render.sheet.FormulaGuard} protects the
 * texts of every CSV file. Numbers keep all digits that a report shows; a number that Excel cannot hold becomes a text. The same tables
 * give the same CSV bytes.
 *
 * <p>Rows are written while they are read, so a workbook does not need memory for all of its cells. A table that is too large for a sheet
 * is a {@link io.weekly.render.RenderException}.
 */
@NullMarked
package io.weekly.render.sheet;

import org.jspecify.annotations.NullMarked;
