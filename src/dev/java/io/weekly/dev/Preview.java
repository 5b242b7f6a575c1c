package io.weekly.dev;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the workbench shows of one report.
 *
 * @param diagnostics why there is no page; empty if there is one
 * @param version of the definition; null if it is broken
 * @param composedMillis how long it took to compose page and mail
 * @param page the composed XHTML; null, like the parts of the mail, if there is none
 * @param rendered the PDF, rendered once, when it is first requested; null if there is no page
 */
record Preview(
        String id, String definition, @Nullable String version, List<DatasetRows> datasets, List<Diagnostic> diagnostics,
        double composedMillis, @Nullable String subject, @JsonIgnore @Nullable String page, @JsonIgnore @Nullable String mailHtml,
        @Nullable String mailText, @JsonIgnore @Nullable Uni<RenderedPdf> rendered) {

    /**
     * A dataset.
     *
     * @param count the number of its rows
     * @param rows its first rows
     * @param failed whether it could not be read
     */
    record DatasetRows(String name, int count, double millis, List<String> columns, List<List<@Nullable String>> rows, boolean failed) {}

    /** @param diagnostics why there is no PDF; empty if there is one */
    record RenderedPdf(double millis, int pages, int bytes, @JsonIgnore byte[] pdf, List<Diagnostic> diagnostics) {}
}
