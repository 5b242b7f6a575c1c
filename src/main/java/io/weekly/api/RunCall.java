package io.weekly.api;

import io.weekly.report.DeliveryMode;
import io.weekly.report.Period;
import io.weekly.tenant.constraint.OneOf;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Everybody's reports of a period, asked for now.
 *
 * @param tenants their slugs; null, the default, for all that the caller sees
 * @param formats {@code ["pdf"]} by default
 * @param deliver whether they are mailed as well; false by default
 * @param revision {@code new} for all of it anew; else a period that has a run answers with that run
 */
public record RunCall(
        @NotNull @Size(min = 1, max = 100) String definition,
        @NotNull Period period,
        @Size(min = 1, max = 1000) List<@NotNull String> tenants,
        @NotEmpty @Size(max = 3) List<@NotNull @OneOf({"pdf", "xlsx", "csv"}) String> formats,
        Boolean deliver,
        @OneOf("new") String revision) {

    public RunCall {
        tenants = tenants == null ? null : tenants.stream().distinct().toList();
        formats = formats == null ? List.of("pdf") : formats.stream().distinct().toList();
        deliver = deliver != null && deliver;
    }

    DeliveryMode delivery() {
        return deliver ? DeliveryMode.ATTACHMENT : DeliveryMode.NONE;
    }

    boolean isNewRevision() {
        return revision != null;
    }
}
