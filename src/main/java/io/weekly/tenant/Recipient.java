package io.weekly.tenant;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonProperty.Access;
import io.weekly.tenant.constraint.LanguageTag;
import io.weekly.tenant.constraint.MailAddress;
import io.weekly.tenant.constraint.OneLine;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * A user of a tenant who gets reports, as stored and as the API shows it.
 *
 * @param id its number within this service, 0 until it is stored; never shown
 * @param userId the platform's own id of the user; compared by bytes
 * @param email where reports go
 * @param locale of its reports, or null for the tenant's
 * @param tags what a schedule's audience is chosen by; none by default
 * @param active false once it has ended: it gets nothing any more, and what is queued for it ends {@code suppressed}. True by default,
 *     so that storing an ended one again brings it back
 * @param pdfPassword what a request says of its password, or null where it says nothing; never shown, and null in what is read
 * @param pdfProtected true where it has a password of its own, else null; from a client it is ignored
 */
public record Recipient(
        @JsonIgnore long id,
        @NotNull @OneLine @Size(min = 1, max = 128) String userId,
        @NotNull @OneLine @Size(min = 1, max = 200) String name,
        @NotNull @MailAddress String email,
        @JsonInclude(Include.NON_NULL) @LanguageTag String locale,
        @Size(max = 50) List<@NotNull @OneLine @Size(min = 1, max = 64) String> tags,
        Boolean active,
        @JsonProperty(access = Access.WRITE_ONLY) @ValidPdfPassword PdfPassword pdfPassword,
        @JsonInclude(Include.NON_NULL) Boolean pdfProtected) {

    public Recipient {
        tags = tags == null ? List.of() : tags;
        active = active == null || active;
        pdfProtected = Boolean.TRUE.equals(pdfProtected) ? true : null;
    }

    /** The same under another user id: that of the path, where the body has none. */
    public Recipient withUserId(String other) {
        return new Recipient(id, other, name, email, locale, tags, active, pdfPassword, pdfProtected);
    }
}
