package io.weekly.tenant;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonProperty.Access;
import io.weekly.tenant.constraint.Identifier;
import io.weekly.tenant.constraint.LanguageTag;
import io.weekly.tenant.constraint.MailAddress;
import io.weekly.tenant.constraint.OneLine;
import io.weekly.text.EmailAddress;
import io.weekly.text.Warning;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user of a tenant who gets reports, as stored and as the API returns it.
 *
 * @param id its number within this service, 0 until it is stored; the API never returns it
 * @param userId the platform's id of the user; compared exactly
 * @param email the address for reports, in the form that is stored and sent ({@link EmailAddress}); an invalid one stays as given
 * @param locale of its reports; null for the tenant's locale
 * @param tags used by the audience of a schedule; empty by default
 * @param active false if it has ended: it gets no reports, and its queued reports end as {@code suppressed}. True by default, so storing an
 *     ended recipient again reactivates it
 * @param pdfPassword a change of its password in a request, or null; always null in a recipient that was read
 * @param pdfProtected true if it has a password of its own, else null; ignored in requests
 */
public record Recipient(
        @JsonIgnore long id,
        @NotNull @Identifier @Size(min = 1, max = 128) String userId,
        @NotNull @OneLine @Size(min = 1, max = 200) String name,
        @NotNull @MailAddress String email,
        @JsonInclude(Include.NON_NULL) @LanguageTag @Nullable String locale,
        @Size(max = 50) List<@NotNull @Identifier @Size(min = 1, max = 64) String> tags,
        Boolean active,
        @JsonProperty(access = Access.WRITE_ONLY) @ValidPdfPassword @Nullable PdfPassword pdfPassword,
        @JsonInclude(Include.NON_NULL) @Nullable Boolean pdfProtected) {

    public Recipient {
        if (email != null) {
            email = EmailAddress.normal(email);
        }
        tags = tags == null ? List.of() : tags;
        active = active == null || active;
        pdfProtected = Boolean.TRUE.equals(pdfProtected) ? true : null;
    }

    /** What its reports cannot show of its name and locale. Computed, and ignored in requests. */
    @JsonProperty(access = Access.READ_ONLY)
    @JsonInclude(Include.NON_EMPTY)
    public List<Warning> warnings() {
        return ReaderWarnings.of(name, locale);
    }

    /** The same with another user id: that of the path if the body has none. */
    public Recipient withUserId(String other) {
        return new Recipient(id, other, name, email, locale, tags, active, pdfPassword, pdfProtected);
    }
}
