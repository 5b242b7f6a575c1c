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
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.ZoneId;
import java.util.Locale;

/**
 * A customer of the platform, as it is stored and as the API shows it.
 *
 * @param id its number within this service, 0 until it is stored; never shown
 * @param slug its name in paths and tokens
 * @param zone in which its weeks begin and its schedules fire
 * @param locale of its reports where a recipient has none of its own
 * @param sender whom its mails come from, or null for the service's own
 * @param retentionDays how long its files are kept, or null for the service's default
 * @param linkTtlDays how long its links work, or null for the service's default
 * @param pdfPassword what a request says of its recipients' password, or null where it says nothing; never shown, and null in what is read
 * @param pdfProtected true where there is one, for those that have none of their own, else null; from a client it is ignored
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
        @JsonInclude(Include.NON_NULL) @Valid Sender sender,
        @JsonInclude(Include.NON_NULL) @Min(1) @Max(3650) Integer retentionDays,
        @JsonInclude(Include.NON_NULL) @Min(1) @Max(3650) Integer linkTtlDays,
        @JsonProperty(access = Access.WRITE_ONLY) @ValidPdfPassword PdfPassword pdfPassword,
        @JsonInclude(Include.NON_NULL) Boolean pdfProtected) {

    public Tenant {
        pdfProtected = Boolean.TRUE.equals(pdfProtected) ? true : null;
    }

    /** How its reports look. */
    public record Brand(
            @NotNull @Pattern(regexp = "#[0-9A-Fa-f]{6}", message = "must be a colour such as #1a2b3c") String color) {}

    /**
     * Whom its mails come from.
     *
     * @param name shown beside the service's own address
     * @param replyTo where answers go, or null for nowhere in particular
     */
    @JsonInclude(Include.NON_NULL)
    public record Sender(@NotNull @OneLine @Size(min = 1, max = 200) String name, @MailAddress String replyTo) {}

    /** Its zone, with rules. */
    @JsonIgnore
    public ZoneId zoneId() {
        return ZoneId.of(zone);
    }

    /** Its locale for formatting. */
    @JsonIgnore
    public Locale javaLocale() {
        return Locale.forLanguageTag(locale);
    }

    /** What may be seen and changed of it: all of it, and nothing of any other. */
    @JsonIgnore
    public Scope.OfTenant scope() {
        return new Scope.OfTenant(id);
    }

    /** The same under another slug: that of the path, where the body has none. */
    public Tenant withSlug(String other) {
        return new Tenant(id, other, name, zone, locale, brand, sender, retentionDays, linkTtlDays, pdfPassword, pdfProtected);
    }

    Tenant withId(int stored, Boolean itsPdfsAreProtected) {
        return new Tenant(stored, slug, name, zone, locale, brand, sender, retentionDays, linkTtlDays, null, itsPdfsAreProtected);
    }
}
