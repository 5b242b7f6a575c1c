package io.weekly.tenant;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.weekly.tenant.constraint.LanguageTag;
import io.weekly.tenant.constraint.OneLine;
import io.weekly.tenant.constraint.OneOf;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * What a recipient chose for itself, as it is stored and as the API shows it.
 *
 * @param formats of the reports that it gets with a run, or null for those of the run
 * @param locale of its reports and mails, or null for the one that the platform gave it
 * @param pausedUntil until when it gets no mail of a run; null for no pause, and so is a time that has passed
 * @param unsubscribed the definitions of which it gets no mail with a run; none by default
 */
@JsonInclude(Include.NON_NULL)
public record Preference(
        @Size(min = 1, max = 3) List<@NotNull @OneOf({"pdf", "xlsx", "csv"}) String> formats,
        @LanguageTag String locale,
        Instant pausedUntil,
        @Size(max = 100) List<@NotNull @OneLine @Size(min = 1, max = 100) String> unsubscribed) {

    /** No choice. */
    static final Preference NONE = new Preference(null, null, null, null);

    public Preference {
        formats = formats == null ? null : formats.stream().distinct().toList();
        unsubscribed = unsubscribed == null ? List.of() : unsubscribed.stream().distinct().toList();
    }

    /** What is left of it now: a pause that is over is none. To the microsecond, as it is stored. */
    public Preference asOf(Instant now) {
        var left = pausedUntil == null || !pausedUntil.isAfter(now) ? null : pausedUntil.truncatedTo(ChronoUnit.MICROS);
        return new Preference(formats, locale, left, unsubscribed);
    }
}
