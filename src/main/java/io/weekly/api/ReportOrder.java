package io.weekly.api;

import io.weekly.report.DeliveryMode;
import io.weekly.report.Period;
import io.weekly.tenant.constraint.OneOf;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * One report, asked for now.
 *
 * @param tenant for an operator to name
 * @param period the tenant's last full week by default
 * @param recipient the caller by default
 * @param deliver whether it is mailed as well; false by default
 */
public record ReportOrder(
        @NotNull @Size(min = 1, max = 100) String definition,
        String tenant,
        Period period,
        @Size(min = 1, max = 128) String recipient,
        @NotEmpty @Size(max = 3) List<@NotNull @OneOf({"pdf", "xlsx", "csv"}) String> formats,
        Boolean deliver) {

    public ReportOrder {
        formats = formats == null ? List.of("pdf") : formats.stream().distinct().toList();
        deliver = deliver != null && deliver;
    }

    DeliveryMode delivery() {
        return deliver ? DeliveryMode.ATTACHMENT : DeliveryMode.NONE;
    }
}
