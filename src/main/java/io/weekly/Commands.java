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

    private Commands() {}

    /** A command. It does not start the service. */
    interface Command {

        /** Runs the command with the arguments after its name. Returns the exit code. */
        int run(Config config, List<String> arguments, PrintStream out);
    }

    /** The command that the arguments name; empty if they are for the service. */
    static Optional<Command> find(String... args) {
        return args.length == 0 ? Optional.empty() : Optional.ofNullable(BY_NAME.get(args[0]));
    }
}
