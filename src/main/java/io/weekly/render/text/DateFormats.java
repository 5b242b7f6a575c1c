package io.weekly.render.text;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** Writes days and times as readers of one locale expect them. Safe for use by several threads. */
public final class DateFormats {
    private final Locale locale;
    private final DateTimeFormatter dayAndMonth;
    private final DateTimeFormatter moment;

    DateFormats(LocaleSupport support) {
        this.locale = support.dates();
        this.dayAndMonth = DateTimeFormatter.ofLocalizedPattern("MMMd").withLocale(locale);
        this.moment = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT).withLocale(locale);
    }

    /** {@code Nov 16}, {@code 16. Nov.} */
    public String shortDate(LocalDate day) {
        return dayAndMonth.format(day);
    }

    /** {@code November 16, 2026}, {@code 16. November 2026} */
    public String longDate(LocalDate day) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale).format(day);
    }

    /** The name of a weekday: {@code Monday} or {@code Mon}. */
    public String weekday(DayOfWeek day, TextStyle style) {
        return day.getDisplayName(style, locale);
    }

    /** The number of the ISO week, Monday to Sunday, in every locale: the periods of reports are ISO weeks. */
    public int week(LocalDate day) {
        return day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    }

    /** The year of the ISO week, which differs from the year of the day around New Year. */
    public int weekYear(LocalDate day) {
        return day.get(IsoFields.WEEK_BASED_YEAR);
    }

    /**
     * Date and time of day in this time zone: {@code Nov 23, 2026, 6:00 AM}.
     *
     * @throws java.time.DateTimeException if there is no such time zone
     */
    public String moment(Instant instant, String zone) {
        return moment.format(instant.atZone(ZoneId.of(zone)));
    }

    /** Date and time of day without a time zone. */
    public String moment(LocalDateTime time) {
        return moment.format(time);
    }
}
