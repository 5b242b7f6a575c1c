package io.weekly.api;

import io.weekly.tenant.constraint.OneOf;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The request for a link to a file.
 *
 * @param ttlSeconds for how long it works; null for as long as the tenant allows
 */
public record LinkRequest(@NotNull @OneOf({"pdf", "xlsx", "csv"}) String format, @Min(1) @Nullable Integer ttlSeconds) {

    Optional<Duration> ttl() {
        return Optional.ofNullable(ttlSeconds).map(Duration::ofSeconds);
    }
}
