package io.weekly.api.request;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** {@code weekly.orders.*}: what one tenant may order by hand in each full hour, over all processes. */
@ConfigMapping(prefix = "weekly.orders")
interface OrdersConfig {

    /** Reports on demand. They go before bulk work, so that too many would delay the runs of all tenants. */
    @WithDefault("5000")
    @Min(1)
    @Max(100_000_000)
    int maxPerHour();

    /** Test-sends. Each is a mail. */
    @WithDefault("200")
    @Min(1)
    @Max(100_000_000)
    int maxTestSendsPerHour();
}
