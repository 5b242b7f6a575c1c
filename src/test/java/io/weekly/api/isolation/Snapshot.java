package io.weekly.api.isolation;

import static io.weekly.testing.Api.TENANTS;

import java.util.List;
import java.util.stream.Stream;

/**
 * What an operator sees of a tenant, except its audit trail, which may tell of refused requests too.
 *
 * @param answers the bodies of the answers
 */
record Snapshot(List<String> answers) {

    static final Snapshot NONE = new Snapshot(List.of());

    static Snapshot of(MarkedTenant tenant) {
        var path = TENANTS + "/" + tenant.slug();
        return new Snapshot(Stream.of(
                        path, path + "/logo", path + "/recipients", path + "/schedules", path + "/suppressions", path + "/webhooks",
                        "/api/v1/reports?tenant=" + tenant.slug(), "/api/v1/runs?tenant=" + tenant.slug(),
                        "/api/v1/reports/%s/links".formatted(tenant.thing("linked-report")))
                .map(address -> Http.get(address, Caller.OPERATOR.authorization()))
                .map(answer -> answer.status() + answer.text())
                .toList());
    }
}
