package io.weekly.access.link;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Optional;

/** {@code weekly.public-url} */
@ConfigMapping(prefix = PublicUrlConfig.KEY)
public interface PublicUrlConfig {

    /** The name of the setting. */
    String KEY = "weekly.public-url";

    /** The address at which recipients reach the service: {@code https://reports.example.com}, with or without a path. */
    @WithParentName
    Optional<String> value();
}
