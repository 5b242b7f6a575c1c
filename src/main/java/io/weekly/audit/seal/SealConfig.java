package io.weekly.audit.seal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.hibernate.validator.constraints.time.DurationMin;

/** {@code weekly.audit.*}. The default of the interval is in application.properties, because the timer reads it from there. */
@ConfigMapping(prefix = SealConfig.PREFIX)
public interface SealConfig {

    /** Where the settings stand. */
    String PREFIX = "weekly.audit";
    /** The default of {@link #late}. */
    String LATE = "1h";

    /** How often one of all processes seals what is settled. */
    @DurationMin(seconds = 1)
    Duration sealInterval();

    /**
     * How long after an id was given it is sealed. Must be longer than the longest transaction, which takes seconds, or, if it waits for
     * locks, one {@code innodb_lock_wait_timeout} (50 s by default) for each lock. An event that takes longer is sealed as a late one.
     */
    @WithDefault("5m")
    @DurationMin(seconds = 1)
    Duration settle();

    /** How long after a range was sealed the sealer looks for late events in its gaps. An event that takes longer is never sealed. */
    @WithDefault(LATE)
    @DurationMin(seconds = 0)
    Duration late();

    /** The folder to which each seal is written too. Empty: seals are only in the database and in the log. */
    Optional<Path> anchor();

    /** Public keys by id, 32 bytes each in Base64, for seals of keys that are not in the keyring any more. */
    Map<String, String> publicKeys();

    /** After how many days {@code prune-audit} removes events if it gets no date. */
    OptionalInt days();
}
