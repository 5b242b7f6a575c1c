package io.weekly.webhook;

import io.smallrye.mutiny.Uni;
import java.net.InetAddress;
import java.util.List;

/** Looks up the addresses of a host. */
interface HostResolver {

    /** All addresses of the name, in the order of preference. Fails with an {@code UnknownHostException} if there are none. */
    Uni<List<InetAddress>> resolve(String host);
}
