package io.weekly.delivery.inbound;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Knows the mails whose Message-ID begins with {@link #KNOWN}, and records their bounces. */
@ApplicationScoped
public class RecordedLateBounces implements LateBounceListener {

    public static final String KNOWN = "<a-letter-of-a-test-";

    private final List<LateBounce> bounces = new CopyOnWriteArrayList<>();

    @Override
    public Uni<Boolean> bounced(SqlClient transaction, LateBounce bounce) {
        return Uni.createFrom().item(bounce.messageId().startsWith(KNOWN) && bounces.add(bounce));
    }

    public List<LateBounce> bounces(String messageId) {
        return bounces.stream().filter(bounce -> bounce.messageId().equals(messageId)).toList();
    }
}
