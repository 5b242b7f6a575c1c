package io.weekly.dev;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Prepares the demo data when dev mode starts, and logs the addresses that a developer needs. */
@Singleton
@IfBuildProfile("dev")
class StartupMessage {
    private static final Logger LOG = Logger.getLogger(StartupMessage.class);

    private final DemoData demoData;
    private final DemoRuns demoRuns;
    private final DevFolder folder;
    private final Path files;
    private final String address;

    StartupMessage(DemoData demoData, DemoRuns demoRuns, @ConfigProperty(name = DevFolder.KEY) Path folder,
            @ConfigProperty(name = "weekly.store.dir") Path files,
            @ConfigProperty(name = "quarkus.http.port", defaultValue = "8080") int port) {
        this.demoData = demoData;
        this.demoRuns = demoRuns;
        this.folder = new DevFolder(folder);
        this.files = files.toAbsolutePath();
        this.address = "http://localhost:" + port;
    }

    void started(@Observes StartupEvent event) {
        demoData.ensure().chain(demoRuns::startLastWeek).await().indefinitely();
        LOG.info(text());
    }

    private String text() {
        return """
                Weekly Reports is up. It generates last week's reports of three demo tenants now.
                  Dashboard  %1$s/q/swagger-ui   (there are no pages yet: use the API here)
                  API        %1$s/q/swagger-ui   (try each call)
                  Workbench  %1$s/dev/workbench   (shows your report, and again after each save)
                  Outbox     %1$s/dev/outbox   (files: %2$s)
                  PDFs       %3$s
                  Try        curl -H "Authorization: Bearer $(curl -s '%1$s/dev/token?role=tenant-admin')" %1$s/api/v1/reports
                """.formatted(address, folder.outbox(), files);
    }
}
