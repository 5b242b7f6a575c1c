package io.weekly.dev;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * What the workbench shows of one report.
 *
 * @param troubles why there is no page; none where there is one
 * @param composedMillis how long page and mail took to compose
 * @param page the composed XHTML
 * @param drawn the PDF, rendered when somebody asks for it, once
 */
record Preview(
        String id, String definition, String version, List<Read> datasets, List<Trouble> troubles, double composedMillis, String subject,
        @JsonIgnore String page, @JsonIgnore String mailHtml, String mailText, @JsonIgnore Uni<Drawn> drawn) {

    /**
     * A dataset as it was read.
     *
     * @param count of its rows, of which the first are here
     * @param failed whether it was not
     */
    record Read(String name, int count, double millis, List<String> columns, List<List<Object>> rows, boolean failed) {}

    /** @param troubles why there is no PDF; none where there is one */
    record Drawn(double millis, int pages, int bytes, @JsonIgnore byte[] pdf, List<Trouble> troubles) {}
}
