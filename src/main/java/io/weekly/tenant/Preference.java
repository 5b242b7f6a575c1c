package io.weekly.tenant;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonProperty.Access;
import io.weekly.tenant.constraint.Identifier;
import io.weekly.tenant.constraint.LanguageTag;
import io.weekly.tenant.constraint.OneOf;
import io.weekly.text.Warning;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The choices of a recipient, as stored and as the API returns them.
 *
 * @param formats of the reports in a run; null for the formats of the run
 * @param locale of its reports and mails; null for the locale from the platform
 * @param pausedUntil until then it gets no mail of a run; null or a time in the past for no pause
 * @param unsubscribed the definitions whose runs do not mail it; empty by default
 * @param unsubscribedFromAll true if no run mails it, else null. In a request, null changes nothing: a client that does not know this
 *     field must not subscribe anybody again
 */
@JsonInclude(Include.NON_NULL)
public record Preference(
        @Size(min = 1, max = 3) @Nullable List<@NotNull @OneOf({"pdf", "xlsx", "csv"}) String> formats,
        @LanguageTag @Nullable String locale,
        @Nullable Instant pausedUntil,
        @Size(max = 100) List<@NotNull @Identifier @Size(min = 1, max = 100) String> unsubscribed,
        @Nullable Boolean unsubscribedFromAll) {

    /** No choices. */
    public static final Preference NONE = new Preference(null, null, null, List.of());

    /** Choices that say nothing about all definitions. */
    public Preference(
            @Nullable List<String> formats, @Nullable String locale, @Nullable Instant pausedUntil, List<String> unsubscribed) {
        this(formats, locale, pausedUntil, unsubscribed, null);
    }

    public Preference {
        formats = formats == null ? null : formats.stream().distinct().toList();
        unsubscribed = unsubscribed == null ? List.of() : unsubscribed.stream().distinct().toList();
    }

    /** What its reports cannot show of its locale. Computed, and ignored in requests. */
    @JsonProperty(access = Access.READ_ONLY)
    @JsonInclude(Include.NON_EMPTY)
    public List<Warning> warnings() {
        return ReaderWarnings.of(null, locale);
    }

    /** The same without a pause that is over. Truncated to microseconds, as it is stored. */
    public Preference asOf(Instant now) {
        var left = pausedUntil == null || !pausedUntil.isAfter(now) ? null : pausedUntil.truncatedTo(ChronoUnit.MICROS);
        return new Preference(formats, locale, left, unsubscribed, unsubscribedFromAll);
    }

    /** The same with other choices about mails. Null for no pause. */
    public Preference withMails(List<String> definitions, boolean all, @Nullable Instant pause) {
        return new Preference(formats, locale, pause, definitions, all);
    }

    /** Whether no run mails it. */
    @JsonIgnore
    public boolean isUnsubscribedFromAll() {
        return Boolean.TRUE.equals(unsubscribedFromAll);
    }
}
