package io.weekly.definition;

import io.weekly.render.brand.LogoImage;
import io.weekly.report.Period;
import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The data of a report that templates can use besides its figures: tenant, recipient, period and times.
 *
 * @param asOf the moment of the oldest figures
 * @param isProtected whether its files have a password. If so, the mail must not show figures
 * @param unsubscribe where the reader of the mail chooses which mails it gets; empty if the mail names no such address
 */
public record ReportFacts(
        Tenant tenant, Recipient recipient, Period period, Instant asOf, boolean isProtected, Optional<URI> unsubscribe) {
    /** The names that templates know besides the datasets. No dataset can have one of these names. */
    static final Set<String> NAMES = Set.of(
            "tenant", "recipient", "period", "asOf", "protected", "parameters", "css", "link", "unsubscribe", "subject", "m", "brand");

    /** The facts of a report whose mail names no address to unsubscribe. */
    public ReportFacts(Tenant tenant, Recipient recipient, Period period, Instant asOf, boolean isProtected) {
        this(tenant, recipient, period, asOf, isProtected, Optional.empty());
    }

    /** The facts of a report without a password. */
    public ReportFacts(Tenant tenant, Recipient recipient, Period period, Instant asOf) {
        this(tenant, recipient, period, asOf, false);
    }

    /** The same with this address to unsubscribe. */
    public ReportFacts withUnsubscribe(Optional<URI> address) {
        return new ReportFacts(tenant, recipient, period, asOf, isProtected, address);
    }

    /**
     * The tenant.
     *
     * @param color such as {@code #0a66c2}
     * @param zone such as {@code Europe/Berlin}
     * @param logo empty if the tenant has none
     */
    public record Tenant(String slug, String name, String color, String zone, Optional<LogoImage> logo) {
        /** A tenant without a logo. */
        public Tenant(String slug, String name, String color, String zone) {
            this(slug, name, color, zone, Optional.empty());
        }
    }

    /**
     * The recipient.
     *
     * @param locale such as {@code de} or {@code fr-CH}
     */
    public record Recipient(String userId, String name, String email, String locale) {}

    Locale locale() {
        return Locale.forLanguageTag(recipient.locale.replace('_', '-'));
    }

    /**
     * The data of a template: these facts and the figures, by name. They are maps and not records, because templates cannot use reflection
     * in a native image.
     *
     * @param language the language of the texts as a tag, see {@link DefinitionTexts#language}
     */
    Map<String, Object> toData(Map<String, ?> figures, String language) {
        Map<String, Object> data = new TreeMap<>(figures);
        data.put("tenant", Map.of("slug", tenant.slug, "name", tenant.name, "zone", tenant.zone));
        data.put("recipient", Map.of(
                "userId", recipient.userId, "name", recipient.name, "email", recipient.email, "locale", locale().toLanguageTag(),
                "language", language));
        data.put("period", Map.of(
                "week", period.toString(), "number", period.week(), "year", period.year(), "from", period.monday(), "to", period.sunday()));
        data.put("asOf", asOf);
        data.put("protected", isProtected);
        return data;
    }
}
