package io.weekly.api.isolation;

import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;

/**
 * The tests of this package share two tenants with one of each thing. A test may add to them what no other tenant's markers are in, and
 * takes a new {@link MarkedTenant} for everything else.
 */
abstract class IsolationTest {

    @Inject
    SharedTenants shared;

    IsolationWorld tenants;

    @BeforeEach
    void tenants() {
        tenants = shared.get();
    }
}
