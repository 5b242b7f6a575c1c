package io.weekly.retention;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The erasure of a person, as the API returns it. It does not name the person.
 *
 * @param id its id
 * @param recipient the user id that stands in reports and ledgers in the place of the erased one
 * @param requestedAt when it was requested
 * @param finishedAt when nothing was left; null before
 */
public record Erasure(
        String id, String recipient, Instant requestedAt, @JsonInclude(Include.NON_NULL) @Nullable Instant finishedAt) {

    /** Whether nothing is left. */
    @JsonProperty
    public boolean done() {
        return finishedAt != null;
    }
}
