package io.weekly.dev;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the service in dev mode, after the servers it needs. Runs again at every live reload, and then finds them running. */
@QuarkusMain(name = "dev")
public class DevMain {
    public static void main(String... args) {
        DevServers.ensureRunning();
        Quarkus.run(args);
    }
}
