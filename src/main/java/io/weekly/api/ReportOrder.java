package io.weekly.api;

import io.weekly.report.DeliveryMode;
import io.weekly.report.Period;
import io.weekly.tenant.constraint.OneOf;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The request for one report now.
 *
 * @param tenant required for operators
 * @param period by default the tenant's last full week
 * @param recipient by default the caller
 * @param deliver whether the report is also mailed; false by default
 * @param unfinished whether the week may still go on; false by default
 */
public record ReportOrder(
        @NotNull @Size(min = 1, max = 100) String definition,
        @Nullable String tenant,
        @Nullable Period period,
        @Size(min = 1, max = 128) @Nullable String recipient,
        @NotEmpty @Size(max = 3) List<@NotNull @OneOf({"pdf", "xlsx", "csv"}) String> formats,
        Boolean deliver,
        Boolean unfinished) {

    public ReportOrder {
        formats = formats == null ? List.of("pdf") : formats.stream().distinct().toList();
        deliver = deliver != null && deliver;
        unfinished = unfinished != null && unfinished;
    }

    DeliveryMode delivery() {
        return deliver ? DeliveryMode.ATTACHMENT : DeliveryMode.NONE;
    }
}
