package io.weekly.audit.seal;

import io.weekly.audit.seal.CommandSettings.UnusableException;
import io.weekly.audit.seal.JdbcTrail.TrailException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/**
 * The command {@code prune-audit}: removes the events of whole seals that are older than a date, with the database user for migrations. The
 * seals stay, and a new signed seal says up to which one the events were removed.
 */
public final class PruneAudit {

    private static final List<String> OPTIONS = List.of("before", "anchor", "public-key");
    private static final String DAYS = SealConfig.PREFIX + ".days";

    private PruneAudit() {}

    /** Runs the command and returns its exit code: 0, 1 if the events are not as they were sealed, 2 if it could not work. */
    public static int run(Config config, List<String> arguments, PrintStream out) {
        try {
            return run(CommandSettings.of(config, arguments, OPTIONS), out);
        } catch (UnusableException | SQLException | TrailException e) {
            out.println("STOPPED: " + VerifyAudit.reason(e));
            return VerifyAudit.NOT_CHECKED;
        }
    }

    private static int run(CommandSettings settings, PrintStream out) throws UnusableException, SQLException {
        var before = before(settings);
        var keys = settings.keys();
        var key = keys.current().orElseThrow(() -> new UnusableException("no key is configured (weekly.keys), so nothing can be signed"));
        out.printf("Removing the events of seals whose newest event is older than %s.%n", before);
        try (var connection = settings.connectForMigration()) {
            connection.setAutoCommit(false);
            return new AuditPruner(connection, keys, key, settings.anchors(), out).prune(before);
        }
    }

    /** A date in the future is refused: it is a mistake that would remove nearly all events. */
    private static Instant before(CommandSettings settings) throws UnusableException {
        var today = LocalDate.now(Clock.systemUTC());
        var date = date(settings, today);
        if (date.isAfter(today)) {
            throw new UnusableException("%s is in the future: --before or %s is wrong".formatted(date, DAYS));
        }
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static LocalDate date(CommandSettings settings, LocalDate today) throws UnusableException {
        var dates = settings.all("before");
        try {
            if (!dates.isEmpty()) {
                return LocalDate.parse(dates.getLast());
            }
            var days = settings.text(DAYS).orElseThrow(() -> new UnusableException("--before=YYYY-MM-DD or " + DAYS + " is missing"));
            return today.minusDays(Integer.parseInt(days));
        } catch (DateTimeParseException | NumberFormatException _) {
            throw new UnusableException("--before must be a date such as 2026-01-31, and %s a number of days".formatted(DAYS));
        }
    }
}
