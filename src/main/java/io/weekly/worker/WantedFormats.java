package io.weekly.worker;

import io.weekly.definition.Definition;
import io.weekly.render.RenderException;
import io.weekly.report.ReportTask;
import java.util.List;

/**
 * The formats of a report: the requested formats that its definition has. If the definition has none of the requested formats, the report
 * is made in all formats of the definition, because a report in another format is better than none. That happens if the recipient prefers
 * other formats, or if the definition has changed.
 *
 * <p>A report with a password is always PDF only: a spreadsheet cannot have the password, and would show the same figures to anybody.
 */
final class WantedFormats {

    private static final String PDF = "pdf";

    private WantedFormats() {}

    static List<String> of(ReportTask report, Definition definition) {
        if (report.isProtected()) {
            return onlyPdf(definition);
        }
        var wanted = report.formats().stream().filter(definition.formats()::contains).toList();
        return wanted.isEmpty() ? definition.formats() : wanted;
    }

    private static List<String> onlyPdf(Definition definition) {
        if (!definition.formats().contains(PDF)) {
            throw new RenderException(
                    definition.name(), 0, "has no PDF, and nothing else can have the password that its recipient's reports have", null);
        }
        return List.of(PDF);
    }
}
