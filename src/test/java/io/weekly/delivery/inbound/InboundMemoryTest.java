package io.weekly.delivery.inbound;

import static io.weekly.testing.World.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.weekly.database.Database;
import io.weekly.delivery.inbound.InboundEvent.MailNames;
import io.weekly.delivery.inbound.InboundEvent.Source;
import io.weekly.delivery.inbound.InboundEvent.Type;
import io.weekly.delivery.reply.MailReply;
import io.weekly.delivery.reply.Route;
import io.weekly.delivery.reply.Step;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
class InboundMemoryTest {

    @Inject
    InboundMemory memory;

    @Inject
    Database database;

    @Inject
    World world;

    @Test
    void anEventIsRememberedForThirtyDays() {
        var old = event(Source.DSN);
        var recent = event(Source.DSN);
        assertThat(isNew(old)).isTrue();
        world.sql("UPDATE inbound_event SET received_at = NOW(6) - INTERVAL 31 DAY");
        assertThat(isNew(recent)).isTrue();

        get(memory.prune());

        assertThat(isNew(old)).isTrue();
        assertThat(isNew(recent)).isFalse();
    }

    @Test
    void theSameIdFromAnotherSourceIsAnotherEvent() {
        var event = event(Source.GENERIC);

        assertThat(isNew(event)).isTrue();
        assertThat(isNew(event)).isFalse();
        assertThat(isNew(new InboundEvent(
                        Source.SES, event.id(), event.type(), event.mail(), event.recipients(), event.reply(), null, null)))
                .isTrue();
    }

    private static InboundEvent event(Source source) {
        var reply = new MailReply(Route.DSN, Step.LATER, 0, null, "gone");
        return new InboundEvent(
                source, UUID.randomUUID().toString(), Type.BOUNCE, new MailNames(List.of(), List.of(), List.of()), List.of(), reply, null,
                null);
    }

    private boolean isNew(InboundEvent event) {
        return get(database.transaction(transaction -> memory.remember(transaction, event)));
    }
}
