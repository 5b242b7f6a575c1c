package io.weekly.webhook;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.unchecked.Unchecked;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.util.List;

/** The resolver of the JDK, which uses the settings and the hosts file of the machine. It blocks, so it runs on a worker thread. */
@ApplicationScoped
class SystemResolver implements HostResolver {

    @Override
    public Uni<List<InetAddress>> resolve(String host) {
        return Uni.createFrom()
                .item(Unchecked.supplier(() -> List.of(InetAddress.getAllByName(host))))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
