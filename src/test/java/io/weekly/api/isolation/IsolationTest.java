package io.weekly.api.isolation;

import io.weekly.store.ReportStore;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

/** The tests of a class share two tenants with one of each thing. */
abstract class IsolationTest {

    private static IsolationWorld shared;

    @Inject
    World world;

    @Inject
    ReportStore store;

    IsolationWorld tenants;

    @BeforeEach
    void createTenantsOnce() {
        if (shared == null) {
            shared = IsolationWorld.create(world, store);
        }
        tenants = shared;
    }

    @AfterAll
    static void close() {
        if (shared != null) {
            shared.forged().close();
        }
        shared = null;
    }
}
