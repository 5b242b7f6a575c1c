package io.weekly.definition;

import io.weekly.render.brand.LogoImage;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is known about a report beside its figures: whose it is, for whom, for which week, of what moment the data are, and whether its file
 * has a password: then its mail must not tell what is in it.
 */
public record ReportFacts(Tenant tenant, Recipient recipient, Period period, Instant asOf, boolean isProtected) {
    /** What templates know beside the datasets, which so cannot be named like these. */
    static final Set<String> NAMES = Set.of(
            "tenant", "recipient", "period", "asOf", "protected", "parameters", "css", "link", "subject", "m", "brand");

    /** Of a report that opens without a password. */
    public ReportFacts(Tenant tenant, Recipient recipient, Period period, Instant asOf) {
        this(tenant, recipient, period, asOf, false);
    }

    /** {@code zone} as in {@code Europe/Berlin}, {@code color} as in {@code #0a66c2}; {@code logo} only where it has one to be shown. */
    public record Tenant(String slug, String name, String color, String zone, Optional<LogoImage> logo) {
        /** One without a logo. */
        public Tenant(String slug, String name, String color, String zone) {
            this(slug, name, color, zone, Optional.empty());
        }
    }

    /** {@code locale} as in {@code de} or {@code fr-CH}. */
    public record Recipient(String userId, String name, String email, String locale) {}

    /** An ISO week; {@code from} is its Monday and {@code to} its Sunday, both in it. */
    public record Period(String week, int number, int year, LocalDate from, LocalDate to) {
        /** The week that begins on this Monday. */
        public static Period of(LocalDate monday) {
            int number = monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            int year = monday.get(IsoFields.WEEK_BASED_YEAR);
            return new Period("%04d-W%02d".formatted(year, number), number, year, monday, monday.plusDays(6));
        }
    }

    Locale locale() {
        return Locale.forLanguageTag(recipient.locale.replace('_', '-'));
    }

    /**
     * As templates see them, the figures beside them. Maps, not records: a template has no reflection.
     *
     * @param language in which the texts are, which the recipient's is where there are texts in it
     */
    Map<String, Object> toData(Map<String, ?> figures, String language) {
        Map<String, Object> data = new TreeMap<>(figures);
        data.put("tenant", Map.of("slug", tenant.slug, "name", tenant.name, "zone", tenant.zone));
        data.put("recipient", Map.of(
                "userId", recipient.userId, "name", recipient.name, "email", recipient.email, "locale", locale().toLanguageTag(),
                "language", language));
        data.put("period", Map.of(
                "week", period.week, "number", period.number, "year", period.year, "from", period.from, "to", period.to));
        data.put("asOf", asOf);
        data.put("protected", isProtected);
        return data;
    }
}
