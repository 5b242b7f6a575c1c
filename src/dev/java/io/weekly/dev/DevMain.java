package io.weekly.dev;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Starts the servers that dev mode needs, then the service. Runs again at each live reload; the servers still run then. */
@QuarkusMain(name = "dev")
public class DevMain {
    public static void main(String... args) {
        DevServers.ensureRunning();
        Quarkus.run(args);
    }
}
