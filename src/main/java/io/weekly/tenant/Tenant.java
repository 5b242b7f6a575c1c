package io.weekly.tenant;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonProperty.Access;
import io.weekly.tenant.constraint.LanguageTag;
import io.weekly.tenant.constraint.MailAddress;
import io.weekly.tenant.constraint.OneLine;
import io.weekly.tenant.constraint.ZoneName;
import io.weekly.text.EmailAddress;
import io.weekly.text.Warning;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer of the platform, as stored and as the API returns it.
 *
 * @param id its number within this service, 0 until it is stored; the API never returns it
 * @param slug its name in paths and tokens
 * @param zone the time zone of its weeks and schedules
 * @param locale of its reports for recipients without a locale
 * @param sender of its mails; null for the service's own
 * @param retentionDays how many days its files are kept; null for the service's default
 * @param linkTtlDays how many days its links work; null for the service's default
 * @param fallbackAddress gets the letters to owners of schedules whose own addresses bounce; null for none
 * @param pdfPassword a change of the password for recipients without one, or null; always null in a tenant that was read
 * @param pdfProtected true if it has such a password, else null; ignored in requests
 */
public record Tenant(
        @JsonIgnore int id,
        @NotNull @Pattern(
                regexp = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?",
                message = "must be 1 to 63 lower-case letters, digits and inner hyphens")
        String slug,
        @NotNull @OneLine @Size(min = 1, max = 200) String name,
        @NotNull @ZoneName String zone,
        @NotNull @LanguageTag String locale,
        @NotNull @Valid Brand brand,
        @JsonInclude(Include.NON_NULL) @Valid @Nullable Sender sender,
        @JsonInclude(Include.NON_NULL) @Min(1) @Max(3650) @Nullable Integer retentionDays,
        @JsonInclude(Include.NON_NULL) @Min(1) @Max(3650) @Nullable Integer linkTtlDays,
        @JsonInclude(Include.NON_NULL) @MailAddress @Nullable String fallbackAddress,
        @JsonProperty(access = Access.WRITE_ONLY) @ValidPdfPassword @Nullable PdfPassword pdfPassword,
        @JsonInclude(Include.NON_NULL) @Nullable Boolean pdfProtected) {

    public Tenant {
        pdfProtected = Boolean.TRUE.equals(pdfProtected) ? true : null;
    }

    /** The look of its reports. */
    public record Brand(
            @NotNull @Pattern(regexp = "#[0-9A-Fa-f]{6}", message = "must be a colour such as #1a2b3c") String color) {}

    /**
     * The sender of its mails.
     *
     * @param name shown beside the service's own address
     * @param replyTo the address for replies, in the form that is stored and sent ({@link EmailAddress}), or null
     */
    @JsonInclude(Include.NON_NULL)
    public record Sender(@NotNull @OneLine @Size(min = 1, max = 200) String name, @MailAddress @Nullable String replyTo) {
        public Sender {
            replyTo = replyTo == null ? null : EmailAddress.normal(replyTo);
        }
    }

    /** What its reports cannot show of its name and locale. Computed, and ignored in requests. */
    @JsonProperty(access = Access.READ_ONLY)
    @JsonInclude(Include.NON_EMPTY)
    public List<Warning> warnings() {
        return ReaderWarnings.of(name, locale);
    }

    /** Its time zone. */
    @JsonIgnore
    public ZoneId zoneId() {
        return ZoneId.of(zone);
    }

    /** The scope of all its data. */
    @JsonIgnore
    public Scope.OfTenant scope() {
        return new Scope.OfTenant(id);
    }

    /** The same with another slug: that of the path if the body has none. */
    public Tenant withSlug(String other) {
        return new Tenant(
                id, other, name, zone, locale, brand, sender, retentionDays, linkTtlDays, fallbackAddress, pdfPassword, pdfProtected);
    }

    /** The same as it is stored, without the password. */
    Tenant stored(int number, @Nullable Boolean isProtected) {
        return new Tenant(number, slug, name, zone, locale, brand, sender, retentionDays, linkTtlDays, fallbackAddress, null, isProtected);
    }
}
