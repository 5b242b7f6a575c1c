package io.weekly.api;

import io.weekly.tenant.constraint.MailAddress;
import io.weekly.tenant.constraint.OneOf;
import io.weekly.text.EmailAddress;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * The suppression of an address by hand.
 *
 * @param address that gets no mail of the tenant any more
 * @param reason manual, which is the default: the other reasons are those of mail systems and readers
 * @param detail why, for the next person who looks at it; null for nothing
 */
public record NewSuppression(
        @NotNull @MailAddress String address,
        @OneOf("manual") @Nullable String reason,
        @Size(max = 1000) @Nullable String detail) {

    /** The address in the form that is stored. */
    public NewSuppression {
        address = address == null ? null : EmailAddress.normal(address);
    }

    String detailOrEmpty() {
        return detail == null ? "" : detail;
    }
}
