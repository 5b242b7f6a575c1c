package io.weekly.definition;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** {@code weekly.definitions.*} */
@ConfigMapping(prefix = "weekly.definitions")
public interface DefinitionsConfig {

    /** A folder of definitions, each a folder of files, beside the built-in ones. */
    Optional<Path> dir();
}
