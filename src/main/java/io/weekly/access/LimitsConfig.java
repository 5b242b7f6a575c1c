package io.weekly.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * {@code weekly.limits.*}: how many requests one caller may send to this process. A burst is what a caller may send at once after a pause.
 * The rate is what it may send for ever. The limits per tenant are in {@code weekly.orders.*}.
 */
@ConfigMapping(prefix = "weekly.limits")
interface LimitsConfig {

    /** Requests per second with the same token. A page that polls ten reports once a second needs ten. */
    @WithDefault("50")
    @Min(1)
    @Max(1_000_000)
    int requestsPerSecond();

    /** Requests at once with the same token. */
    @WithDefault("500")
    @Min(1)
    @Max(1_000_000)
    int requestBurst();

    /** Refused tokens per minute from the same address. Clients behind one proxy or router share an address. */
    @WithDefault("30")
    @Min(1)
    @Max(1_000_000)
    int failuresPerMinute();

    /** Refused tokens at once from the same address. */
    @WithDefault("100")
    @Min(1)
    @Max(1_000_000)
    int failureBurst();
}
