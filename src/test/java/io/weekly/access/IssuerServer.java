package io.weekly.access;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.weekly.testing.Issuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Gives the application the address of an {@link Issuer} instead of a key file. It is away until a test sets its keys. */
public final class IssuerServer implements QuarkusTestResourceLifecycleManager {

    static final String ADDRESS = "weekly.testing.issuer";

    private Issuer issuer;

    @Override
    public Map<String, String> start() {
        try {
            issuer = new Issuer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        issuer.answers(503, "");
        System.setProperty(ADDRESS, issuer.address());
        return Map.of("mp.jwt.verify.publickey.location", issuer.address(), "weekly.token-keys.refresh-interval", "5s");
    }

    /** After {@code TestServers}, whose key file it replaces. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public void stop() {
        if (issuer != null) {
            issuer.close();
        }
    }
}
