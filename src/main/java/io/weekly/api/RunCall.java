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
 * The request for runs now: all reports of a period.
 *
 * @param tenants slugs; null, the default, for all tenants that the caller sees
 * @param formats {@code ["pdf"]} by default
 * @param deliver whether the reports are also mailed; false by default
 * @param unfinished whether the week may still go on; false by default
 * @param revision {@code new} to generate all reports again; without it, a period that has a run returns that run
 */
public record RunCall(
        @NotNull @Size(min = 1, max = 100) String definition,
        @NotNull Period period,
        @Size(min = 1, max = 1000) @Nullable List<@NotNull String> tenants,
        @NotEmpty @Size(max = 3) List<@NotNull @OneOf({"pdf", "xlsx", "csv"}) String> formats,
        Boolean deliver,
        @OneOf("new") @Nullable String revision,
        Boolean unfinished) {

    public RunCall {
        tenants = tenants == null ? null : tenants.stream().distinct().toList();
        formats = formats == null ? List.of("pdf") : formats.stream().distinct().toList();
        deliver = deliver != null && deliver;
        unfinished = unfinished != null && unfinished;
    }

    DeliveryMode delivery() {
        return deliver ? DeliveryMode.ATTACHMENT : DeliveryMode.NONE;
    }

    boolean startsNewRevision() {
        return revision != null;
    }
}
