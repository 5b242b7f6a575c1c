package io.weekly.api.http;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.weekly.access.ClientAddress;
import io.weekly.access.RefusedAccess;
import io.weekly.access.RefusedAccess.Reason;
import io.weekly.access.RequestAccess;
import io.weekly.audit.Origin;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;

/** Records that the current request is refused. The event has the path of the operation, never the path that the client sent. */
@ApplicationScoped
public class Refusals {

    private final RefusedAccess refused;
    private final RequestAccess access;
    private final DescribedPaths paths;
    private final CurrentVertxRequest request;

    Refusals(RefusedAccess refused, RequestAccess access, DescribedPaths paths, CurrentVertxRequest request) {
        this.refused = refused;
        this.access = access;
        this.paths = paths;
        this.request = request;
    }

    /** Records it for the caller, if its token is valid, else for the address of the client. */
    public void record(Reason reason) {
        var current = request.getCurrent().request();
        var path = paths.find(Objects.requireNonNullElse(current.path(), ""))
                .map(described -> String.join("/", described.template().pieces()))
                .orElse("/");
        refused.record(
                access.known(), ClientAddress.of(current), Origin.current().requestId(), reason, current.method() + " " + path);
    }
}
