package io.weekly.api.isolation;

import static io.weekly.testing.Api.TENANTS;
import static io.weekly.testing.Api.asOperator;

import java.util.List;
import java.util.stream.Stream;

/**
 * What an operator sees of a tenant, except its audit trail, which may tell of refused requests too.
 *
 * @param answers the bodies of the answers
 */
record Snapshot(List<String> answers) {

    static Snapshot of(MarkedTenant tenant) {
        var path = TENANTS + "/" + tenant.slug();
        return new Snapshot(Stream.of(
                        path, path + "/logo", path + "/recipients", path + "/schedules",
                        "/api/v1/reports?tenant=" + tenant.slug(), "/api/v1/runs?tenant=" + tenant.slug())
                .map(address -> asOperator().get(address).then().statusCode(200).extract().asString())
                .toList());
    }
}
