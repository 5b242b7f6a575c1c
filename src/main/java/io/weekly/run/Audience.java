package io.weekly.run;

import io.weekly.tenant.constraint.OneLine;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Who of a tenant's recipients gets a schedule's reports.
 *
 * @param tags whoever has one of them at the moment when the run's reports are queued; 1 to 20
 */
public record Audience(
        @NotEmpty @Size(max = 20) List<@NotNull @OneLine @Size(min = 1, max = 64) String> tags) {

    public Audience {
        tags = tags == null ? null : tags.stream().distinct().toList();
    }

    /** The column's value: a tag a line, since a tag has one line. Null for everybody. */
    public static String column(Audience audience) {
        return audience == null ? null : String.join("\n", audience.tags);
    }

    /** Null for everybody. */
    public static Audience of(String column) {
        return column == null ? null : new Audience(List.of(column.split("\n")));
    }
}
