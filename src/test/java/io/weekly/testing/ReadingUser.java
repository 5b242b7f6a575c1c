package io.weekly.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.weekly.dev.SourceUser;
import java.net.URI;
import java.util.Map;

/** Datasets are read as a user that may only read what the built-in definitions need. Starts after {@link TestServers}. */
public final class ReadingUser implements QuarkusTestResourceLifecycleManager {

    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        var server = URI.create(TestServers.address());
        var account = server.getUserInfo().split(":", 2);
        SourceUser.create(server.getHost(), server.getPort(), account[0], account.length == 2 ? account[1] : "");
        return Map.of(
                "quarkus.datasource.source.username", SourceUser.NAME, "quarkus.datasource.source.password", SourceUser.PASSWORD);
    }

    @Override
    public void stop() {
        // The user stays. An embedded server ends with the tests, and on another server the next run uses it again.
    }
}
