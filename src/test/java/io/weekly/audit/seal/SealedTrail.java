package io.weekly.audit.seal;

import static io.weekly.testing.World.get;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.weekly.database.Database;
import io.weekly.keys.Keyring;
import io.weekly.keys.TestKeyring;
import io.weekly.testing.World;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** An audit trail with seals, and what a test does to it. Events are settled at once here. */
@ApplicationScoped
public class SealedTrail {

    static final String KEY = "test";

    private final World world;
    private final Database database;
    private final SealTurns turns;
    private final SealLog lines;
    private final Keyring keyring;

    SealedTrail(World world, Database database, SealTurns turns, SealLog lines, Keyring keyring) {
        this.world = world;
        this.database = database;
        this.turns = turns;
        this.lines = lines;
        this.keyring = keyring;
    }

    /** What a command printed, and its exit code. */
    record Output(int code, String text) {}

    /** Also uses up some ids, so that the first range begins with a gap. */
    public void clear() {
        events(5);
        for (var table : List.of("audit_seal", "audit_mark", "audit_event")) {
            world.sql("DELETE FROM " + table);
        }
    }

    /** Appends events of no tenant, and returns their ids. */
    List<Long> events(int count) {
        for (var i = 0; i < count; i++) {
            world.sql("""
                INSERT INTO audit_event (at, actor, action, subject, detail)
                VALUES (UTC_TIMESTAMP(6), 'user:ann', 'report.downloaded', ?, '{"format":"pdf"}')""", "r-" + i);
        }
        var newest = world.rows("SELECT id FROM audit_event ORDER BY id DESC LIMIT " + count);
        return newest.stream().map(row -> row.getLong(0)).sorted().toList();
    }

    public void seal() {
        get(sealer(keys(), Optional.empty()).pass());
    }

    void seal(Path anchor) {
        get(sealer(keys(), Optional.of(anchor)).pass());
    }

    void seal(SealKeys keys) {
        get(sealer(keys, Optional.empty()).pass());
    }

    Sealer sealer(SealKeys keys, Optional<Path> anchor) {
        var config = new Settings(anchor);
        return new Sealer(database, turns, keys, new SealAnchors(database, keys, config, lines), config, lines);
    }

    SealKeys keys() {
        return new SealKeys(keyring, Map.of());
    }

    /** A key of somebody who has the database and not the keyring. */
    static SealKeys foreignKeys(String id) {
        return new SealKeys(TestKeyring.of(id, Map.of(id, TestKeyring.ONE)), Map.of());
    }

    record Settings(Optional<Path> anchor) implements SealConfig {
        @Override
        public Duration sealInterval() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Duration settle() {
            return Duration.ZERO;
        }

        @Override
        public Duration late() {
            return Duration.ofHours(1);
        }

        @Override
        public Map<String, String> publicKeys() {
            return Map.of();
        }

        @Override
        public OptionalInt days() {
            return OptionalInt.empty();
        }
    }

    List<Seal> seals() {
        return get(Seals.page(database.client(), 0, Long.MAX_VALUE, 1000));
    }

    void insert(Seal seal) {
        get(Seals.insert(database.client(), seal));
    }

    /** All ranges were sealed more than an hour before the newest seal, as if the service had worked for long. */
    void age() {
        var old = seals();
        world.sql("DELETE FROM audit_seal");
        var previous = Seal.NO_PREVIOUS;
        for (var seal : old) {
            var aged = keys().sign(new Seal(
                    seal.number(), seal.firstId(), seal.lastId(), seal.gaps(), seal.late(), seal.events(), seal.oldestMicros(),
                    seal.newestMicros(), seal.hash(), previous, seal.sealedMicros() - Duration.ofHours(2).toNanos() / 1000, seal.prunedTo(),
                    seal.keyId(), ""));
            insert(aged);
            previous = aged.statementHash();
        }
        events(1);
        seal();
    }

    /** Makes all seals anew from the events that there are now, with these keys. */
    void recompute(SealKeys keys) {
        world.sql("DELETE FROM audit_seal");
        seal(keys);
    }

    /** What the service itself finds, with this folder as {@code weekly.audit.anchor}. */
    Verdict verdict(Path anchor) {
        return get(new AuditVerification(database, keys(), new Settings(Optional.of(anchor)), Clock.systemUTC()).verify(null))
                .orElseThrow();
    }

    Trail read() {
        return new ServiceTrail(database, null);
    }

    List<String> differentTables() {
        return TrailTables.differences(read());
    }

    Output verify(String... options) {
        return run(VerifyAudit::run, Map.of(), options);
    }

    Output verify(Map<String, String> settings, String... options) {
        return run(VerifyAudit::run, settings, options);
    }

    Output prune(String... options) {
        return run(PruneAudit::run, Map.of(), options);
    }

    Output prune(Map<String, String> settings, String... options) {
        return run(PruneAudit::run, settings, options);
    }

    interface Command {
        int run(Config config, List<String> arguments, PrintStream out);
    }

    /** @param settings replace those of the application; an empty value removes a setting */
    private static Output run(Command command, Map<String, String> settings, String... options) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            var code = command.run(config(settings), Arrays.asList(options), out);
            return new Output(code, bytes.toString(StandardCharsets.UTF_8));
        }
    }

    private static Config config(Map<String, String> settings) {
        var application = ConfigProvider.getConfig();
        var all = new HashMap<String, String>();
        StreamSupport.stream(application.getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith("weekly.") || name.startsWith("quarkus.datasource") || name.startsWith("quarkus.flyway"))
                .forEach(name -> application.getOptionalValue(name, String.class).ifPresent(value -> all.put(name, value)));
        all.putAll(settings);
        all.values().removeIf(String::isEmpty);
        return new SmallRyeConfigBuilder().addDiscoveredConverters().withSources(new PropertiesConfigSource(all, "test", 100)).build();
    }
}
