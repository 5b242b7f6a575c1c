package io.weekly.schedule;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.weekly.run.Audience;
import io.weekly.tenant.constraint.MailAddress;
import io.weekly.tenant.constraint.OneOf;
import io.weekly.text.EmailAddress;
import io.weekly.text.Warning;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A schedule: when a tenant gets the reports of a definition every week. The database stores this record, and the API reads and returns it.
 *
 * <p>Fields that a request may leave out get their default here. The id comes from the path of the request ({@link #withId}).
 *
 * @param id set when the schedule is stored; an id from a client is only compared
 * @param weekday in the zone of the tenant
 * @param time in the zone of the tenant, to the minute
 * @param windowMinutes over how many minutes the sending is spread; 0 by default
 * @param formats of each report; {@code ["pdf"]} by default
 * @param delivery {@code attachment}, the default, {@code link} or {@code none}
 * @param audience which recipients; null, the default, for all of them
 * @param owner the e-mail address of the person who is responsible for it, in the form that is stored and sent ({@link EmailAddress})
 * @param catchUp which missed occurrences fire after an outage: {@code latest}, the default, {@code all} or {@code none}
 * @param approval {@code none}, the default, or {@code canary}: the owner gets the first few reports as
 *     samples, and the rest waits for approval
 * @param paused whether it does not fire at the moment; false by default
 * @param nextRunAt when it fires next; null while it is paused. A value from a client is ignored
 * @param ownerProblem why letters do not reach the owner; null if they do. A value from a client is ignored
 * @param warnings what a client that has just stored it should know; else null. A value from a client is ignored
 */
public record Schedule(
        String id,
        @NotNull @Size(min = 1, max = 100) String definition,
        @NotNull @JsonSerialize(using = Weekday.Writer.class) @JsonDeserialize(using = Weekday.Reader.class)
                @Schema(
                        type = SchemaType.STRING,
                        enumeration = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
                DayOfWeek weekday,
        @NotNull @JsonFormat(shape = JsonFormat.Shape.STRING, pattern = "HH:mm")
                @Schema(type = SchemaType.STRING, pattern = "([01][0-9]|2[0-3]):[0-5][0-9]", examples = "06:30")
                LocalTime time,
        @Min(0) @Max(1440) Integer windowMinutes,
        @NotEmpty @Size(max = 3) List<@NotNull @OneOf({"pdf", "xlsx", "csv"}) String> formats,
        @OneOf({"attachment", "link", "none"}) String delivery,
        @JsonInclude(Include.NON_NULL) @Valid @Nullable Audience audience,
        @NotNull @MailAddress String owner,
        @OneOf({"latest", "all", "none"}) String catchUp,
        @OneOf({"none", "canary"}) String approval,
        Boolean paused,
        @Nullable Instant nextRunAt,
        @JsonInclude(Include.NON_NULL) @Nullable OwnerProblem ownerProblem,
        @JsonInclude(Include.NON_NULL) @Nullable List<Warning> warnings) {

    public Schedule {
        if (owner != null) {
            owner = EmailAddress.normal(owner);
        }
        windowMinutes = windowMinutes == null ? Integer.valueOf(0) : windowMinutes;
        formats = formats == null ? List.of("pdf") : formats.stream().distinct().toList();
        delivery = delivery == null ? "attachment" : delivery;
        catchUp = catchUp == null ? "latest" : catchUp;
        approval = approval == null ? "none" : approval;
        paused = paused != null && paused;
    }

    /** Without a problem and warnings. */
    public Schedule(
            String id, String definition, DayOfWeek weekday, LocalTime time, Integer windowMinutes, List<String> formats, String delivery,
            @Nullable Audience audience, String owner, String catchUp, String approval, Boolean paused, @Nullable Instant nextRunAt) {
        this(
                id, definition, weekday, time, windowMinutes, formats, delivery, audience, owner, catchUp, approval, paused, nextRunAt,
                null, null);
    }

    /** The weekday and time together. */
    @JsonIgnore
    public SendTime sendTime() {
        return new SendTime(weekday, time);
    }

    /** The same with another id: that of the path, if the body has none. */
    public Schedule withId(String other) {
        return stored(other, nextRunAt);
    }

    /** The same with the id and the next occurrence under which it is stored. */
    Schedule stored(String newId, @Nullable Instant next) {
        return new Schedule(
                newId, definition, weekday, time, windowMinutes, formats, delivery, audience, owner, catchUp, approval, paused,
                next);
    }

    /** The same with the problem of its owner. */
    Schedule with(@Nullable OwnerProblem problem) {
        return new Schedule(
                id, definition, weekday, time, windowMinutes, formats, delivery, audience, owner, catchUp, approval, paused, nextRunAt,
                problem, warnings);
    }

    /** The same with warnings for the client that has stored it; without the field if there are none. */
    Schedule with(List<Warning> found) {
        return new Schedule(
                id, definition, weekday, time, windowMinutes, formats, delivery, audience, owner, catchUp, approval, paused, nextRunAt,
                ownerProblem, found.isEmpty() ? null : found);
    }
}
