/**
 * Writes the datasets of a report as spreadsheets.
 *
 * <p>A {@link io.weekly.render.sheet.Table} is a dataset with its columns. {@link io.weekly.render.sheet.Xlsx} writes tables for people, in
 * their language and number formats. {@link io.weekly.render.sheet.Csv} writes them for machines, the same in every language.
 *
 * <p>Data never become a formula. The texts of a workbook are inline strings, and {@link io.weekly.render.sheet.FormulaGuard} adds an
 * apostrophe where a text of a CSV file could start a formula. Numbers keep all digits that a report shows. If Excel cannot store a number
 * exactly enough, the cell contains it as a text. The same tables always give the same CSV bytes.
 *
 * <p>The rows of a workbook are written in parts, so the library does not keep all cells in memory. If a table is too large for a sheet,
 * the result is a {@link io.weekly.render.RenderException}.
 */
@NullMarked
package io.weekly.render.sheet;

import org.jspecify.annotations.NullMarked;
