package io.weekly.api;

import io.weekly.report.Period;
import io.weekly.tenant.constraint.OneOf;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * A sample, to the caller's own address.
 *
 * @param period the tenant's last full week by default
 * @param recipient whose report is made; the caller's by default
 * @param tenant for an operator to name
 * @param formats {@code ["pdf"]} by default
 */
public record TestSend(
        Period period, @Size(min = 1, max = 128) String recipient, String tenant,
        @NotEmpty @Size(max = 3) List<@NotNull @OneOf({"pdf", "xlsx", "csv"}) String> formats) {

    static final TestSend DEFAULTS = new TestSend(null, null, null, null);

    public TestSend {
        formats = formats == null ? List.of("pdf") : formats.stream().distinct().toList();
    }
}
