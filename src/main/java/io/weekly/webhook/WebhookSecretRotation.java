package io.weekly.webhook;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.database.Ids;
import io.weekly.keys.Reencryption;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Encrypts the secrets of endpoints anew: the same secrets with the current key. Receivers see no change, so there is no event. */
@ApplicationScoped
class WebhookSecretRotation implements Reencryption {

    private static final Logger LOG = Logger.getLogger(WebhookSecretRotation.class);
    private static final int BATCH = 200;

    private final Database database;
    private final WebhookSecrets secrets;

    WebhookSecretRotation(Database database, WebhookSecrets secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    /** The secrets of an endpoint, encrypted. */
    private record Stored(int tenantId, String id, String secret, @Nullable String previous) {

        static Stored of(Row row) {
            return new Stored(row.getInteger("tenant_id"), row.getString("id"), row.getString("secret"), row.getString("previous_secret"));
        }
    }

    @Override
    public String things() {
        return "webhook secrets";
    }

    private static final String PAGE =
            """
            SELECT tenant_id, LOWER(HEX(id)) AS id, secret, IF(previous_until > NOW(6), previous_secret, NULL) AS previous_secret
            FROM webhook
            WHERE id > UNHEX(?)
              AND (SUBSTRING_INDEX(secret, ':', 1) <> ? OR previous_until > NOW(6) AND SUBSTRING_INDEX(previous_secret, ':', 1) <> ?)
            ORDER BY id
            LIMIT ?""";

    @Override
    public Uni<Step> next(String after) {
        var key = secrets.currentKey();
        return database.client()
                .preparedQuery(PAGE)
                .execute(Tuple.of(after.equals(START) ? Ids.NONE : after, key, key, BATCH))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Stored::of).toList())
                .flatMap(page -> Multi.createFrom().iterable(page)
                        .onItem()
                        .transformToUniAndConcatenate(this::move)
                        .collect()
                        .asList()
                        .map(moved -> step(page, moved)));
    }

    // An old secret that is not valid any more is not worth its key.
    private static final String REPLACE =
            """
            UPDATE webhook
            SET secret = ?, previous_secret = ?
            WHERE tenant_id = ? AND id = UNHEX(?) AND secret = ?""";

    /** Empty if a secret cannot be decrypted; false if somebody has changed or deleted the endpoint. */
    private Uni<Optional<Boolean>> move(Stored stored) {
        try {
            var previous = stored.previous() == null ? null : secrets.encryptAnew(stored.tenantId(), stored.id(), stored.previous());
            var secret = secrets.encryptAnew(stored.tenantId(), stored.id(), stored.secret());
            return database.client()
                    .preparedQuery(REPLACE)
                    .execute(Tuple.of(secret, previous, stored.tenantId(), stored.id(), stored.secret()))
                    .map(replaced -> Optional.of(replaced.rowCount() == 1));
        } catch (IllegalStateException e) {
            LOG.errorf("the secret of webhook %s of tenant %d stays as it is: %s", stored.id(), stored.tenantId(), e.getMessage());
            return Uni.createFrom().item(Optional.empty());
        }
    }

    private static Step step(List<Stored> page, List<Optional<Boolean>> moved) {
        return new Step(
                (int) moved.stream().filter(result -> result.orElse(false)).count(),
                (int) moved.stream().filter(Optional::isEmpty).count(),
                page.size() < BATCH ? Optional.empty() : Optional.of(page.getLast().id()));
    }
}
