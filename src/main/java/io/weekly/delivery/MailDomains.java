package io.weekly.delivery;

import static java.util.stream.Collectors.toMap;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.FailureIsolation;
import io.weekly.database.Utc;
import io.weekly.delivery.reply.ReplyClass;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a mail to a domain may be sent now, by {@code mail_domain}, which all processes share. A process reads the domains that are
 * paused or limited at most once in two seconds, so a mail to any other domain costs nothing.
 */
@ApplicationScoped
public class MailDomains {

    /** The pause after the probes so far, in microseconds. Its values: the longest pause, the first one. */
    static final String PAUSE_AFTER_PROBES = "LEAST(?, ? << LEAST(probes, 20))";

    /** The gap of a limited domain now, in microseconds: half of it after each ten minutes without another limit. */
    static final String GAP = "(gap >> LEAST(TIMESTAMPDIFF(SECOND, limited_at, NOW(6)) DIV 600, 40))";

    private static final Duration VALID = Duration.ofSeconds(2);

    /** If more domains are paused or limited, each mail asks for its own. */
    private static final int MAX_CACHED = 5000;

    /** A shorter gap is none. In microseconds. */
    private static final long MIN_GAP = 100_000;

    private static final String COLUMNS =
            """
            SELECT domain, reply, paused_at IS NOT NULL AS paused,
                   COALESCE(TIMESTAMPDIFF(MICROSECOND, NOW(6), next_probe_at), 0) AS until_probe,
                   CAST(COALESCE(%s, 0) AS SIGNED) AS gap, COALESCE(TIMESTAMPDIFF(MICROSECOND, NOW(6), next_at), 0) AS until_next
            FROM mail_domain
            """.formatted(GAP);
    private static final String ALL = COLUMNS + "WHERE paused_at IS NOT NULL OR gap > 0 LIMIT " + (MAX_CACHED + 1);
    private static final String ONE = COLUMNS + "WHERE domain = ?";

    private final Database database;
    private final DeliveryConfig config;
    private final AtomicLong readAgainAt = new AtomicLong(Long.MIN_VALUE);
    private volatile @Nullable Snapshot snapshot;

    MailDomains(Database database, DeliveryConfig config) {
        this.database = database;
        this.config = config;
    }

    /** Whether a mail may be sent. */
    public sealed interface Admission {
        /** It may. */
        record Open() implements Admission {}

        /** It may, although the domain is paused: it is the only probe for now. */
        record Probe() implements Admission {}

        /**
         * It may not.
         *
         * @param reason for the person who looks after the report
         * @param about why the domain is paused or limited
         * @param pause when to ask again
         */
        record Wait(String reason, ReplyClass about, Duration pause) implements Admission {}
    }

    /** Times are values of {@link System#nanoTime}, gaps are in microseconds. */
    private record State(String domain, String reply, boolean paused, long probeAt, long gap, long nextAt) {
        static State of(Row row) {
            var now = System.nanoTime();
            return new State(
                    row.getString("domain"), row.getString("reply"), row.getInteger("paused") != 0,
                    now + 1000 * row.getLong("until_probe"), row.getLong("gap"), now + 1000 * row.getLong("until_next"));
        }

        boolean isSlow() {
            return gap >= MIN_GAP;
        }
    }

    private record Snapshot(Map<String, State> states, boolean isComplete) {}

    /** Whether a mail to the domain may be sent now. A domain that is paused lets one probe through after each pause. */
    public Uni<Admission> admit(String domain) {
        return state(domain).flatMap(found -> {
            if (found.isEmpty()) {
                return Uni.createFrom().item(new Admission.Open());
            }
            var state = found.get();
            if (state.paused()) {
                return System.nanoTime() - state.probeAt() < 0 ? wait(state, state.probeAt()) : takeProbe(state);
            }
            return state.isSlow() ? takeTurn(state) : Uni.createFrom().item(new Admission.Open());
        });
    }

    /** The pause of the domain, as far as this process knows: for a mail that has waited since {@link #admit}. */
    public Optional<Admission.Wait> pause(String domain) {
        return Optional.ofNullable(snapshot)
                .map(known -> known.states().get(domain))
                .filter(State::paused)
                .map(state -> waiting(state, state.probeAt()));
    }

    private Uni<Optional<State>> state(String domain) {
        return current().flatMap(known -> {
            var state = known.states().get(domain);
            return state != null || known.isComplete()
                    ? Uni.createFrom().item(Optional.ofNullable(state))
                    : database.client().preparedQuery(ONE).execute(Tuple.of(domain)).map(MailDomains::first);
        });
    }

    private static Optional<State> first(RowSet<Row> rows) {
        return rows.size() == 0 ? Optional.empty() : Optional.of(State.of(rows.iterator().next()));
    }

    /** While one caller reads, the others use what is known. */
    private Uni<Snapshot> current() {
        var known = snapshot;
        var due = readAgainAt.get();
        var now = System.nanoTime();
        var isDue = due == Long.MIN_VALUE || now - due >= 0;
        if (known != null && (!isDue || !readAgainAt.compareAndSet(due, now + VALID.toNanos()))) {
            return Uni.createFrom().item(known);
        }
        return database.client()
                .preparedQuery(ALL)
                .execute()
                .map(rows -> new Snapshot(
                        StreamSupport.stream(rows.spliterator(), false)
                                .limit(MAX_CACHED)
                                .map(State::of)
                                .collect(toMap(State::domain, Function.identity())),
                        rows.size() <= MAX_CACHED))
                .invoke(read -> {
                    snapshot = read;
                    readAgainAt.compareAndSet(Long.MIN_VALUE, System.nanoTime() + VALID.toNanos());
                })
                .onFailure()
                .invoke(this::changed);
    }

    /** What this process knows is out of date: the next mail reads it again. */
    public void changed() {
        readAgainAt.set(Long.MIN_VALUE);
    }

    /** Reads the domains again now. Never fails: if they cannot be read, the next mail tries it again. */
    public Uni<Void> refresh() {
        changed();
        return current().replaceWithVoid().onFailure().recoverWithNull();
    }

    // The time is set before the number of probes, because columns are set from left to right.
    private static final String TAKE_PROBE =
            """
            UPDATE mail_domain
            SET next_probe_at = NOW(6) + INTERVAL GREATEST(?, %s) MICROSECOND, probes = probes + 1, changed_at = NOW(6)
            WHERE domain = ? AND paused_at IS NOT NULL AND next_probe_at <= NOW(6)""".formatted(PAUSE_AFTER_PROBES);

    /** The row decides which of all processes sends the probe. The next one is due when this dialogue has certainly ended. */
    private Uni<Admission> takeProbe(State state) {
        var longest = Utc.micros(config.timeout());
        return database.client()
                .preparedQuery(TAKE_PROBE)
                .execute(Tuple.of(longest, Utc.micros(config.maxDomainPause()), Utc.micros(config.domainPause()), state.domain()))
                .invoke(this::changed)
                .flatMap(rows -> rows.rowCount() == 1
                        ? Uni.createFrom().item(new Admission.Probe())
                        : wait(state, System.nanoTime() + config.domainPause().toNanos()));
    }

    private static final String TAKE_TURN =
            """
            UPDATE mail_domain
            SET next_at = NOW(6) + INTERVAL %s MICROSECOND
            WHERE domain = ? AND paused_at IS NULL AND next_at <= NOW(6)""".formatted(GAP);

    private static final String GIVE_BACK =
            """
            UPDATE mail_domain
            SET probes = probes - 1
            WHERE domain = ? AND paused_at IS NOT NULL AND probes > 0""";

    /**
     * The probe ended, and its reply says nothing about the sender: the next pause is as long as the last one. Never fails. If it cannot be
     * written, the next pause is longer, and the log has the reason.
     */
    public Uni<Void> probeEndedWithoutReply(String domain) {
        return FailureIsolation.isolate(
                database.client().preparedQuery(GIVE_BACK).execute(Tuple.of(domain)).replaceWithVoid(),
                failure -> DomainLog.longerPause(domain, failure));
    }

    /** A mail that gets no turn goes back to the queue, so it uses no slot of the lane. */
    private Uni<Admission> takeTurn(State state) {
        if (System.nanoTime() - state.nextAt() < 0) {
            return wait(state, state.nextAt());
        }
        return database.client()
                .preparedQuery(TAKE_TURN)
                .execute(Tuple.of(state.domain()))
                .flatMap(rows -> rows.rowCount() == 1
                        ? Uni.createFrom().item(new Admission.Open())
                        : wait(state, System.nanoTime() + 1000 * state.gap()));
    }

    private static Uni<Admission> wait(State state, long until) {
        return Uni.createFrom().item(waiting(state, until));
    }

    private static Admission.Wait waiting(State state, long until) {
        var pause = Duration.ofNanos(Math.max(0, until - System.nanoTime()));
        var reason = state.paused()
                ? "mails to %s are paused, because it refuses the sender: %s".formatted(state.domain(), state.reply())
                : "mails to %s are limited, because it asks for fewer mails: %s".formatted(state.domain(), state.reply());
        return new Admission.Wait(reason, state.paused() ? ReplyClass.SENDER : ReplyClass.DOMAIN_LIMIT, pause);
    }
}
