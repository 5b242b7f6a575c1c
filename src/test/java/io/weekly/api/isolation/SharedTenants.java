package io.weekly.api.isolation;

import io.weekly.store.ReportStore;
import io.weekly.testing.World;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** The tenants that all tests of this package ask for. It takes seconds to create them, so they live as long as the application. */
@Singleton
class SharedTenants {

    private final World world;
    private final ReportStore store;
    private @Nullable IsolationWorld tenants;

    SharedTenants(World world, ReportStore store) {
        this.world = world;
        this.store = store;
    }

    /** The first call creates them. */
    IsolationWorld get() {
        if (tenants == null) {
            tenants = new IsolationWorld(world, store);
        }
        return tenants;
    }

    @PreDestroy
    void close() {
        if (tenants != null) {
            tenants.forged().close();
        }
    }
}
