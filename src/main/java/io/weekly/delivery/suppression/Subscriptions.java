package io.weekly.delivery.suppression;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.weekly.database.Database;
import io.weekly.tenant.Preference;
import io.weekly.tenant.Preferences;
import io.weekly.tenant.Scope.OfRecipient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/** What readers get and choose who have no account: the token in a mail is the proof that they are its reader. */
@ApplicationScoped
public class Subscriptions {

    private static final String ACTOR = "unsubscribe:";

    // A sample was mailed to somebody who does not get these reports. A user id that another person has now is another incarnation.
    private static final String FIND =
            """
            SELECT r.definition, rc.id AS recipient_id, rc.user_id, rc.email, COALESCE(p.locale, rc.locale, t.locale) AS locale,
                   t.name AS tenant_name, t.zone, t.color
            FROM report r
            JOIN tenant t ON t.id = r.tenant_id
            JOIN recipient rc ON rc.tenant_id = r.tenant_id AND rc.id = r.recipient_id
            LEFT JOIN preference p ON p.tenant_id = r.tenant_id AND p.recipient_id = r.recipient_id
            WHERE r.tenant_id = ? AND r.id = UNHEX(?) AND r.mail_to IS NULL AND t.ended_at IS NULL
              AND rc.ended_at IS NULL AND rc.erased_at IS NULL AND rc.incarnation = r.incarnation""";

    private final Database database;
    private final UnsubscribeTokens tokens;
    private final Preferences preferences;
    private final Suppressions suppressions;
    private final Clock clock;

    Subscriptions(
            Database database, UnsubscribeTokens tokens, Preferences preferences, Suppressions suppressions, Clock clock) {
        this.database = database;
        this.tokens = tokens;
        this.preferences = preferences;
        this.suppressions = suppressions;
        this.clock = clock;
    }

    /** Whether the service made the token. Needs no database. */
    public boolean isGenuine(String token) {
        return tokens.verify(token).isPresent();
    }

    /** What the reader of the mail gets. Empty if the service did not make the token, or if its recipient or tenant has ended. */
    public Uni<Optional<Subscription>> find(String token) {
        return tokens.verify(token).map(this::find).orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    private Uni<Optional<Subscription>> find(UnsubscribeTokens.Signed signed) {
        return database.client()
                .preparedQuery(FIND)
                .execute(Tuple.of(signed.tenantId(), signed.reportId()))
                .flatMap(rows -> rows.size() == 0
                        ? Uni.createFrom().item(Optional.empty())
                        : complete(subscription(signed, rows.iterator().next())).map(Optional::of));
    }

    private static Subscription subscription(UnsubscribeTokens.Signed signed, Row row) {
        return new Subscription(
                new OfRecipient(signed.tenantId(), row.getLong("recipient_id")),
                row.getString("user_id"),
                signed.reportId(),
                row.getString("definition"),
                row.getString("email"),
                row.getString("locale"),
                row.getString("tenant_name"),
                row.getString("zone"),
                row.getString("color"),
                Preference.NONE,
                Optional.empty());
    }

    private Uni<Subscription> complete(Subscription found) {
        return preferences.of(found.recipient())
                .flatMap(choices -> suppressions.find(found.recipient().tenantId(), found.address())
                        .map(suppression -> found.with(choices, suppression)));
    }

    /**
     * Does what the reader chose. Queued reports follow it too.
     *
     * @return the state after it; empty if the recipient has ended in the meantime
     */
    public Uni<Optional<Subscription>> act(Subscription subscription, SubscriptionAction action) {
        return preferences
                .change(
                        subscription.recipient(),
                        subscription.userId(),
                        before -> action.apply(before, subscription.definition(), clock.instant()),
                        ACTOR + subscription.reportId())
                .flatMap(changed -> changed.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : complete(subscription).map(Optional::of));
    }
}
