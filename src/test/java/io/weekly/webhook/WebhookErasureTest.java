package io.weekly.webhook;

import static io.weekly.testing.World.get;
import static io.weekly.webhook.WebhookWorld.failed;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.weekly.keys.KeyUses;
import io.weekly.keys.Reencryption;
import io.weekly.keys.TestKeyring;
import io.weekly.tenant.Person;
import io.weekly.testing.HandDriven;
import io.weekly.testing.TestServers;
import io.weekly.testing.World;
import io.weekly.testing.World.TenantRow;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestServers.class)
@TestProfile(HandDriven.class)
class WebhookErasureTest {

    @Inject World world;
    @Inject WebhookWorld hooks;
    @Inject WebhookErasure erasure;
    @Inject OldMessages old;
    @Inject KeyUses uses;
    @Inject WebhookSecretRotation rotation;
    @Inject MessageClaims claims;

    private TenantRow tenant;
    private Webhook webhook;

    @BeforeEach
    void anEndpoint() {
        tenant = world.tenant();
        webhook = hooks.endpoint(tenant, "http://127.0.0.1:9/", WebhookEvent.REPORT_FAILED);
    }

    @Test
    void messagesAboutAnErasedPersonAreDeletedAndOthersStay() {
        var report = world.reportWithoutJob(tenant);
        var other = world.reportWithoutJob(tenant);
        hooks.happen(List.of(failed(tenant, report), failed(tenant, report), failed(tenant, other)));
        var recipient = world.one("SELECT recipient_id FROM report WHERE id = UNHEX(?)", report).getLong("recipient_id");

        var person = new Person(WebhookWorld.scope(tenant), recipient, "u-1", null, List.of(), "erased-1", Instant.now());
        assertThat(get(erasure.erase(person))).isTrue();

        assertThat(world.rows("SELECT payload FROM webhook_message WHERE webhook_id = UNHEX(?)", webhook.id())).hasSize(1)
                .allMatch(row -> row.getString("payload").contains(other));
    }

    @Test
    void theEndOfATenantLeavesNothing() {
        hooks.failures(tenant, 3);

        assertThat(get(erasure.eraseAll(tenant.id()))).isTrue();

        assertThat(world.count("SELECT COUNT(*) FROM webhook_message WHERE tenant_id = ?", tenant.id())).isZero();
        assertThat(world.count("SELECT COUNT(*) FROM webhook WHERE tenant_id = ?", tenant.id())).isZero();
    }

    @Test
    void sentMessagesAreDeletedAfterAWeekAndOthersAfterAMonth() {
        hooks.failures(tenant, 6);
        var ids = world.rows("SELECT LOWER(HEX(id)) AS id FROM webhook_message WHERE webhook_id = UNHEX(?)", webhook.id()).stream()
                .map(row -> row.getString("id")).toList();
        age(ids.get(0), "sent", 6);
        age(ids.get(1), "sent", 8);
        age(ids.get(2), "failed", 29);
        age(ids.get(3), "failed", 31);
        age(ids.get(4), "pending", 29);
        age(ids.get(5), "pending", 31);

        get(old.delete());

        assertThat(world.rows("SELECT LOWER(HEX(id)) AS id FROM webhook_message WHERE webhook_id = UNHEX(?)", webhook.id()))
                .extracting(row -> row.getString("id")).containsExactlyInAnyOrder(ids.get(0), ids.get(2), ids.get(4));
    }

    private void age(String id, String state, int days) {
        world.sql("UPDATE webhook_message SET state = ?, created_at = NOW(6) - INTERVAL ? DAY WHERE id = UNHEX(?)", state, days, id);
    }

    @Test
    void aRotationOfTheKeysEncryptsTheSameSecretsAnew() {
        var old = new WebhookSecrets(TestKeyring.of(HandDriven.OLD_KEY, Map.of(HandDriven.OLD_KEY, TestKeyring.TWO)));
        var previous = WebhookSecret.of("whsec_" + "A".repeat(32));
        world.sql("UPDATE webhook SET secret = ?, previous_secret = ?, previous_until = NOW(6) + INTERVAL 1 DAY WHERE id = UNHEX(?)",
                old.encrypt(tenant.id(), webhook.id(), WebhookWorld.SECRET), old.encrypt(tenant.id(), webhook.id(), previous),
                webhook.id());
        assertThat(oldKeyUses()).isPositive();

        get(rotation.next(Reencryption.START));

        assertThat(oldKeyUses()).isZero();
        hooks.failures(tenant, 1);
        var claim = get(claims.claim(tenant.id(), webhook.id(), 1, Duration.ofMinutes(3))).orElseThrow();
        assertThat(claim.endpoint().secrets()).extracting(WebhookSecret::reveal)
                .containsExactly(WebhookWorld.SECRET.reveal(), previous.reveal());
    }

    private long oldKeyUses() {
        return get(uses.read()).stream().filter(key -> key.id().equals(HandDriven.OLD_KEY))
                .mapToLong(key -> key.uses().getOrDefault("webhookSecrets", 0L)).sum();
    }
}
