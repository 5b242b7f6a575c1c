package io.weekly.delivery;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.mysqlclient.MySQLClient;
import io.vertx.mysqlclient.MySQLException;
import io.vertx.sqlclient.SqlResult;
import io.weekly.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The send rate that all processes share. A row of the database has the next free send time, by the database's clock. Each mail takes a
 * send time and moves that time forward, so no two mails of any processes have the same one.
 *
 * <p>A process takes the times for all its waiting mails in one statement, but only for the next half second. So the other processes get
 * their share, and few times are lost if the process ends.
 *
 * <p><b>No bursts.</b> Mails that are late would leave together with those that are on time. So a mail that is later than
 * {@link #TOLERANCE} gives its time up and takes another.
 */
@ApplicationScoped
public class SendRate {

    /** {@link #take} ends this much earlier than the send time, so that the mail can be made ready. */
    static final Duration LEAD = Duration.ofMillis(150);

    /** A mail may be this much later than its send time. */
    static final Duration TOLERANCE = Duration.ofMillis(50);

    /** The longest time between {@link #take} and the hand-over of the mail. A lease must cover it. */
    public static final Duration MAX_WAIT = Duration.ofSeconds(5);

    /** For how long in advance a process takes send times. */
    private static final Duration HORIZON = Duration.ofMillis(500);

    private static final int MAX_RETRIES = 3;

    // The server returns the argument of LAST_INSERT_ID with the end of the statement: the first send time, in microseconds from now. It is
    // at least 1, because the client takes 0 for none.
    private static final String TAKE =
            """
            UPDATE send_rate
            SET next_at = NOW(6)
                + INTERVAL LAST_INSERT_ID(GREATEST(1, TIMESTAMPDIFF(MICROSECOND, NOW(6), next_at))) MICROSECOND
                + INTERVAL ? MICROSECOND
            WHERE id = 1""";

    /** A time at which one mail may be handed over: a value of {@link System#nanoTime}. */
    public record SendTime(long nanos) {
        private Duration fromNow() {
            return Duration.ofNanos(nanos - System.nanoTime());
        }
    }

    private final Database database;
    private final Duration longestWait;
    private final long intervalMicros;
    private final int maxTimes;
    private final Vertx vertx;
    private final Context loop;

    /** The mails that wait for a send time. Only used on the event loop, like the fields after it. */
    private final Deque<UniEmitter<? super SendTime>> waiting = new ArrayDeque<>();

    private boolean taking;

    @Inject
    SendRate(Database database, DeliveryConfig config, Vertx vertx) {
        this(database, config.ratePerSecond(), longestWait(config.timeout()), vertx);
    }

    /** The dialogue waits, and must not time out meanwhile: then nobody would know whether the mail was sent. */
    private static Duration longestWait(Duration timeout) {
        var part = timeout.dividedBy(4);
        return part.compareTo(MAX_WAIT) < 0 ? part : MAX_WAIT;
    }

    SendRate(Database database, int ratePerSecond, Vertx vertx) {
        this(database, ratePerSecond, MAX_WAIT, vertx);
    }

    private SendRate(Database database, int ratePerSecond, Duration longestWait, Vertx vertx) {
        this.database = database;
        this.longestWait = longestWait;
        this.intervalMicros = 1_000_000L / ratePerSecond;
        this.maxTimes = Math.toIntExact(Math.max(1, HORIZON.toMillis() * ratePerSecond / 1000));
        this.vertx = vertx;
        this.loop = ((VertxInternal) vertx).createEventLoopContext();
    }

    /** Takes the next free time and ends shortly before it, so that the mail can be made ready. */
    public Uni<SendTime> take() {
        return next(false).call(time -> pause(time.fromNow().minus(LEAD)));
    }

    /**
     * Ends when the time has come. If it passed too long ago, a mail that is sent now would be part of a burst: then it takes another time
     * and ends when that has come.
     *
     * @return false if no time comes within {@link #MAX_WAIT}: then the mail must not be sent
     */
    Uni<Boolean> await(SendTime time) {
        return await(time, System.nanoTime() + longestWait.toNanos());
    }

    /** As {@link #await(SendTime)}, for a mail that is ready and has no time. */
    Uni<Boolean> awaitNew() {
        return Uni.createFrom().deferred(() -> {
            var deadline = System.nanoTime() + longestWait.toNanos();
            return next(true).flatMap(time -> await(time, deadline));
        });
    }

    private Uni<Boolean> await(SendTime time, long deadline) {
        return Uni.createFrom().deferred(() -> {
            if (time.nanos() - deadline > 0 || System.nanoTime() - deadline > 0) {
                return Uni.createFrom().item(false);
            }
            return isLate(time)
                    ? next(true).flatMap(another -> await(another, deadline))
                    : pause(time.fromNow()).flatMap(_ -> isLate(time) ? await(time, deadline) : Uni.createFrom().item(true));
        });
    }

    /** Whether a mail that is sent now would be part of a burst. */
    static boolean isLate(SendTime time) {
        return time.fromNow().plus(TOLERANCE).isNegative();
    }

    /** @param first whether it gets its time before the mails that wait already */
    private Uni<SendTime> next(boolean first) {
        return Uni.createFrom().deferred(() -> {
            var caller = Vertx.currentContext();
            var time = Uni.createFrom().<SendTime>emitter(emitter -> loop.runOnContext(_ -> add(emitter, first)));
            return caller == null ? time : time.emitOn(task -> caller.runOnContext(_ -> task.run()));
        });
    }

    private void add(UniEmitter<? super SendTime> mail, boolean first) {
        if (first) {
            waiting.addFirst(mail);
        } else {
            waiting.addLast(mail);
        }
        takeTimes();
    }

    private void takeTimes() {
        if (taking || waiting.isEmpty()) {
            return;
        }
        taking = true;
        var mails = new ArrayList<UniEmitter<? super SendTime>>();
        while (mails.size() < maxTimes && !waiting.isEmpty()) {
            mails.add(waiting.removeFirst());
        }
        database.client()
                .preparedQuery(TAKE)
                .execute(Tuple.of(mails.size() * intervalMicros))
                // Another server of the database wrote the row.
                .onFailure(MySQLException.class)
                .retry()
                .atMost(MAX_RETRIES)
                .map(SendRate::firstTime)
                .emitOn(task -> loop.runOnContext(_ -> task.run()))
                .subscribe()
                .with(first -> taken(mails, first), failure -> notTaken(mails, failure));
    }

    private static long firstTime(RowSet<Row> end) {
        SqlResult<?> result = end.getDelegate();
        return System.nanoTime() + 1000 * result.property(MySQLClient.LAST_INSERTED_ID);
    }

    private void taken(List<UniEmitter<? super SendTime>> mails, long first) {
        var next = first;
        for (var mail : mails) {
            mail.complete(new SendTime(next));
            next += 1000 * intervalMicros;
        }
        pause(new SendTime(next).fromNow().minus(HORIZON)).subscribe().with(_ -> {
            taking = false;
            takeTimes();
        });
    }

    private void notTaken(List<UniEmitter<? super SendTime>> mails, Throwable failure) {
        taking = false;
        mails.forEach(mail -> mail.fail(failure));
        takeTimes();
    }

    /** On the caller's Vert.x context. */
    private Uni<Void> pause(Duration duration) {
        return duration.isPositive()
                ? Uni.createFrom().emitter(end -> vertx.setTimer(millis(duration), _ -> end.complete(null)))
                : Uni.createFrom().voidItem();
    }

    /** Rounded up to whole milliseconds: the timer of Vert.x refuses a shorter delay, and the mail would cost an attempt. */
    static long millis(Duration duration) {
        return duration.plusNanos(999_999).toMillis();
    }
}
