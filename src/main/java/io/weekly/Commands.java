package io.weekly;

import io.weekly.audit.seal.PruneAudit;
import io.weekly.audit.seal.VerifyAudit;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** What the program can do besides running the service. The first argument names the command. */
final class Commands {

    private static final Map<String, Command> BY_NAME = Map.of("verify-audit", VerifyAudit::run, "prune-audit", PruneAudit::run);

    private static final int HELPED = 0;
    /** As the commands return it if they could not work. */
    private static final int NOT_RUN = 2;

    private Commands() {}

    /** A command. It does not start the service. */
    interface Command {

        /** Runs the command with the arguments after its name. Returns the exit code. */
        int run(Config config, List<String> arguments, PrintStream out);
    }

    /**
     * The command that the first argument names; empty if there are no arguments, so that the service starts. The service takes no
     * arguments: otherwise a mistyped command would start it. A native executable removes options such as {@code -D} before this.
     */
    static Optional<Command> find(String... args) {
        if (args.length == 0) {
            return Optional.empty();
        }
        return switch (args[0]) {
            case "help", "--help", "-h" -> Optional.of((_, _, out) -> help(out, HELPED));
            case String name -> Optional.of(BY_NAME.getOrDefault(name, (_, _, out) -> unknown(name, out)));
        };
    }

    private static int unknown(String name, PrintStream out) {
        out.println(name + " is no command.");
        return help(out, NOT_RUN);
    }

    private static int help(PrintStream out, int code) {
        out.println("""
                Without a command, the service starts.
                verify-audit [--anchor=FOLDER] [--public-key=ID:BASE64]
                    compares the audit trail with its seals
                prune-audit [--before=YYYY-MM-DD] [--anchor=FOLDER] [--public-key=ID:BASE64]
                    removes old events whose seals are valid
                All settings are those of the service, such as QUARKUS_DATASOURCE_REACTIVE_URL.""");
        return code;
    }
}
