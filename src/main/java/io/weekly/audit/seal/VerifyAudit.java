package io.weekly.audit.seal;

import io.weekly.audit.seal.CommandSettings.UnusableException;
import io.weekly.audit.seal.JdbcTrail.TrailException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * The command {@code verify-audit}: compares the whole audit trail with its seals, and the seals with anchors. It reads only, and needs
 * neither a running service nor a private key.
 */
public final class VerifyAudit {

    /** Everything is as it was sealed. */
    static final int VALID = 0;
    /** Something was changed. */
    static final int BROKEN = 1;
    /**
     * Nobody can say: settings are missing, the database does not answer, there are no seals, their keys are not known, or anchors
     * that were named could not be compared.
     */
    static final int NOT_CHECKED = 2;

    private static final List<String> OPTIONS = List.of("anchor", "public-key");

    private VerifyAudit() {}

    /** Runs the command and returns its exit code. */
    public static int run(Config config, List<String> arguments, PrintStream out) {
        try {
            return run(CommandSettings.of(config, arguments, OPTIONS), out);
        } catch (UnusableException | SQLException | TrailException e) {
            out.println("NOT CHECKED: " + reason(e));
            return NOT_CHECKED;
        }
    }

    static String reason(Exception e) {
        return String.valueOf(e instanceof TrailException && e.getCause() != null ? e.getCause().getMessage() : e.getMessage());
    }

    private static int run(CommandSettings settings, PrintStream out) throws UnusableException, SQLException {
        var keys = settings.keys();
        try (var connection = settings.connect()) {
            connection.setReadOnly(true);
            var verdict = new Verification(new JdbcTrail(connection), keys, settings.late(), settings.anchors(), _ -> true).verify(() -> 1);
            print(verdict, out);
            return exitCode(verdict);
        }
    }

    private static int exitCode(Verdict verdict) {
        if (verdict.faults().stream().anyMatch(fault -> fault.kind().isChange())) {
            return BROKEN;
        }
        return verdict.valid() && verdict.seals() > 0 ? VALID : NOT_CHECKED;
    }

    private static void print(Verdict verdict, PrintStream out) {
        out.println(switch (exitCode(verdict)) {
            case VALID -> "VALID: everything that was checked is as it was sealed.";
            case BROKEN -> "BROKEN: the audit trail or its seals were changed.";
            default -> "NOT CHECKED: there are no seals, their keys are not known, or anchors could not be compared.";
        });
        out.printf("Checked: %d events, %d seals, %d anchors.%n", verdict.checked(), verdict.seals(), verdict.anchors());
        out.printf("Sealed until: %s.%n", orNone(verdict.sealedUntil()));
        out.printf("Not sealed yet: %d events%s.%n", verdict.unsealed(), verdict.unsealedSince() == null
                ? "" : ", the oldest from %s. They can be changed without a trace".formatted(verdict.unsealedSince()));
        verdict.faults().forEach(fault -> out.println(fault.line()));
        if (verdict.faults().size() == Verdict.MAX_FAULTS) {
            out.println("There may be more faults.");
        }
        verdict.notes().forEach(out::println);
    }

    private static String orNone(@Nullable Object value) {
        return value == null ? "none" : value.toString();
    }
}
