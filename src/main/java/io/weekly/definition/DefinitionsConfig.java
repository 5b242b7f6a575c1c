package io.weekly.definition;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** {@code weekly.definitions.*} */
@ConfigMapping(prefix = "weekly.definitions")
public interface DefinitionsConfig {

    /** A folder with definitions, in addition to the built-in ones. Each is a folder of files. */
    Optional<Path> dir();
}
