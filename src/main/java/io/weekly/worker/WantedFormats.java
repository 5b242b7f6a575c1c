package io.weekly.worker;

import io.weekly.definition.Definition;
import io.weekly.render.RenderException;
import io.weekly.report.Assignment;
import java.util.List;

/**
 * In which formats a report is made: those that were asked for and its definition has. Where it has none of them, be it that the
 * recipient prefers others or that the definition has changed since, it is made in all that it has: a report is worth more than its form.
 *
 * <p>What has a password is made as PDF alone, whatever was asked for: a spreadsheet beside it would tell the same to anybody.
 */
final class WantedFormats {
    private static final String PDF = "pdf";

    private WantedFormats() {}

    static List<String> of(Assignment report, Definition definition) {
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
