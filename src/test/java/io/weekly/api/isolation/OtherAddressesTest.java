package io.weekly.api.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that the API description does not name. They need no token, so no token may change what they answer. */
@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class OtherAddressesTest extends IsolationTest {

    @Inject
    Router router;

    @ParameterizedTest
    @ValueSource(strings = {
        "/", "/q/health", "/q/health/live", "/q/health/ready", "/q/metrics", "/q/openapi", "/q/swagger-ui/", "/q/nothing",
        "/api/v1", "/api/v1/nothing", "/d", "/d/", "/d/nothing"
    })
    void anAddressIsTheSameForEachCallerAndShowsNothingOfATenant(String path) {
        var withoutToken = Http.get(path, Optional.empty());
        var callers = new ArrayList<>(tenants.nobodies("operator"));
        Kind.columns().forEach(kind -> callers.add(tenants.known(kind, tenants.mine())));

        for (var caller : callers) {
            var answer = Http.get(path, caller.authorization());
            assertThat(answer.status()).as("%s as %s", path, caller).isEqualTo(withoutToken.status());
            assertThat(answer.found(tenants.mine().marks().all())).as("%s as %s", path, caller).isEmpty();
        }
        assertThat(tenants.forged().fetches()).isZero();
    }

    /** All others are resources, which are in the API description. The address of a WebSocket would be a route of its own here. */
    @Test
    void thereAreNoOtherAddresses() {
        assertThat(router.getRoutes().stream().map(Route::getPath).filter(Objects::nonNull).distinct())
                .containsExactlyInAnyOrder("/q/", "/");
    }
}
