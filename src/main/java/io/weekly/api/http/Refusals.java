package io.weekly.api.http;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import io.weekly.access.ClientAddress;
import io.weekly.access.HiddenThings;
import io.weekly.access.HiddenThings.Missing;
import io.weekly.access.RefusedAccess;
import io.weekly.access.RefusedAccess.Reason;
import io.weekly.access.RequestAccess;
import io.weekly.audit.Origin;
import jakarta.enterprise.context.ApplicationScoped;

/** Records that the current request is refused. The event has the path of the operation, never the path that the client sent. */
@ApplicationScoped
public class Refusals {

    private final RefusedAccess refused;
    private final HiddenThings hidden;
    private final RequestAccess access;
    private final DescribedPaths paths;
    private final CurrentVertxRequest request;

    Refusals(RefusedAccess refused, HiddenThings hidden, RequestAccess access, DescribedPaths paths, CurrentVertxRequest request) {
        this.refused = refused;
        this.hidden = hidden;
        this.access = access;
        this.paths = paths;
        this.request = request;
    }

    /** Records it for the caller, if its token is valid, else for the address of the client. */
    public void record(Reason reason) {
        var current = request.getCurrent();
        refused.record(
                access.known(), ClientAddress.of(current.request()), Origin.current().requestId(), reason, operation(current));
    }

    /** Records a 404 if the path names something that exists, and that the caller may not see. */
    void recordIfHidden() {
        var current = request.getCurrent();
        access.known().ifPresent(caller -> hidden.lookUp(new Missing(
                caller, ClientAddress.of(current.request()), Origin.current().requestId(),
                PathTemplate.pieces(RequestPaths.normalized(current)), operation(current))));
    }

    private String operation(RoutingContext current) {
        var path = paths.find(RequestPaths.normalized(current))
                .map(described -> String.join("/", described.template().pieces()))
                .orElse("/");
        return current.request().method() + " " + path;
    }
}
