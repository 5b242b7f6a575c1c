package io.weekly.database;

import java.time.Duration;
import org.jboss.logging.Logger;

/** The state of a database: it works, or it is away. Logs one line when an outage begins, and one line when it ends. */
public final class Outage {

    /**
     * How long a fault that a check cannot rule out must stay away before the outage ends. Failed work is tried again within five seconds,
     * so a fault that lasts is seen again in this time. Otherwise each retry would end one outage and begin the next.
     */
    private static final Duration MIN_QUIET = Duration.ofSeconds(10);
    /** If the next outage begins soon nevertheless, the time doubles up to this: some work needs the database seldom. */
    public static final Duration MAX_QUIET = Duration.ofMinutes(5);
    private static final Duration SOON = Duration.ofMinutes(2);

    private final Logger log;
    private final String begins;
    private final String ends;
    private final Duration maxQuiet;

    private volatile boolean away;
    private boolean hadOutage;
    private Duration quiet = MIN_QUIET;
    /** The time of the last change ({@link System#nanoTime}). A failure of a query that started before it is ignored. */
    private long since = System.nanoTime();
    /** The time of the earliest query whose success ends the outage. */
    private long provenFrom = since;

    /**
     * @param begins the line for the start of an outage, without the reason
     * @param ends the line for its end, without its duration
     * @param maxQuiet the longest time to which the quiet time doubles
     */
    public Outage(Logger log, String begins, String ends, Duration maxQuiet) {
        this.log = log;
        this.begins = begins;
        this.ends = ends;
        this.maxQuiet = maxQuiet;
    }

    /** Whether the database is away. */
    public boolean isAway() {
        return away;
    }

    /** How long the outage lasts; zero if there is none. */
    public synchronized Duration lasts() {
        return away ? Duration.ofNanos(System.nanoTime() - since) : Duration.ZERO;
    }

    /** Whether the database was away at some time in this last time. */
    synchronized boolean wasAwayWithin(Duration time) {
        return away || hadOutage && System.nanoTime() - since < time.toNanos();
    }

    /**
     * A query failed with this fault.
     *
     * @param started when the query started, in {@link System#nanoTime}
     */
    public synchronized void failed(long started, DatabaseFault fault, Throwable failure) {
        if (started - since < 0) {
            return;
        }
        var now = System.nanoTime();
        if (!away) {
            quiet = wasAwayWithin(SOON) ? quiet.multipliedBy(2) : MIN_QUIET;
            quiet = quiet.compareTo(maxQuiet) > 0 ? maxQuiet : quiet;
            log.error(begins + ": " + failure.getMessage());
            away = true;
            since = now;
            provenFrom = now;
        }
        var proven = fault.isRuledOutByCheck() ? now : now + quiet.toNanos();
        provenFrom = proven - provenFrom > 0 ? proven : provenFrom;
    }

    /** A query succeeded that would have failed during the outage. {@code started} is as in {@link #failed}. */
    public void worked(long started) {
        if (away) {
            end(started);
        }
    }

    private synchronized void end(long started) {
        var now = System.nanoTime();
        if (away && started - provenFrom >= 0) {
            log.info("%s, after %d s".formatted(ends, Duration.ofNanos(now - since).toSeconds()));
            away = false;
            markEnd();
        }
    }

    /** An outage has ended just now. */
    synchronized void markEnd() {
        hadOutage = true;
        since = System.nanoTime();
    }
}
