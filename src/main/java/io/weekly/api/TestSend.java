package io.weekly.api;

import io.weekly.report.Period;
import io.weekly.tenant.constraint.OneOf;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request for a sample, mailed to the caller.
 *
 * @param period by default the tenant's last full week
 * @param recipient whose report is generated; by default the caller
 * @param tenant required for operators
 * @param formats {@code ["pdf"]} by default
 * @param unfinished whether the week may still go on; false by default
 */
public record TestSend(
        @Nullable Period period, @Size(min = 1, max = 128) @Nullable String recipient, @Nullable String tenant,
        @NotEmpty @Size(max = 3) List<@NotNull @OneOf({"pdf", "xlsx", "csv"}) String> formats,
        Boolean unfinished) {

    static final TestSend DEFAULTS = new TestSend(null, null, null, List.of("pdf"), false);

    public TestSend {
        formats = formats == null ? List.of("pdf") : formats.stream().distinct().toList();
        unfinished = unfinished != null && unfinished;
    }
}
