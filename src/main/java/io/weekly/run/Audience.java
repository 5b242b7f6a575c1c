package io.weekly.run;

import io.weekly.tenant.constraint.Identifier;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which recipients of a tenant get the reports of a schedule.
 *
 * @param tags a recipient with one of these tags gets a report, by its tags at the moment when the report is queued; 1 to 20
 */
public record Audience(
        @NotEmpty @Size(max = 20) List<@NotNull @Identifier @Size(min = 1, max = 64) String> tags) {

    public Audience {
        tags = tags == null ? null : tags.stream().distinct().toList();
    }

    /** The column's value: one tag on each line, because a tag is a single line. Null for all recipients. */
    public static @Nullable String column(@Nullable Audience audience) {
        return audience == null ? null : String.join("\n", audience.tags);
    }

    /** The audience of a column's value. Null for all recipients. */
    public static @Nullable Audience of(@Nullable String column) {
        return column == null ? null : new Audience(List.of(column.split("\n")));
    }
}
