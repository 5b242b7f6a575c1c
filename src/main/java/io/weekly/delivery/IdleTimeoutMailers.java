package io.weekly.delivery;

import io.quarkus.mailer.SentMail;
import io.quarkus.mailer.runtime.MailerSupport;
import io.quarkus.mailer.runtime.Mailers;
import io.quarkus.mailer.runtime.MailersRuntimeConfig;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Quarkus' mailers with all their settings, and two more for which they have no key. A connection on which nothing was said for longer than
 * a dialogue may last is closed: whoever gives up on a dialogue does not close it, so that a mail server which falls silent would keep a
 * socket and a place in the client's pool for each mail, until TCP gives up. And a connection that does not come about is given up in half
 * of that time, so that it ends as one.
 */
@Singleton
@Alternative
@Priority(1)
class IdleTimeoutMailers extends Mailers {

    /** The dialogue is given up first, so that its end is what {@link HandOver} says of a time-out, and not of a cut. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    IdleTimeoutMailers(
            Vertx vertx,
            io.vertx.mutiny.core.Vertx mutinyVertx,
            MailersRuntimeConfig settings,
            LaunchMode mode,
            MailerSupport support,
            TlsConfigurationRegistry tls,
            Event<SentMail> sent,
            DeliveryConfig config) {
        super(new Impatient((VertxInternal) vertx, config.timeout().plus(MARGIN)), mutinyVertx, settings, mode, support, tls, sent);
    }

    /** Makes the mail client's connections. */
    private static final class Impatient extends VertxWrapper {

        private final Duration patience;

        Impatient(VertxInternal vertx, Duration patience) {
            super(vertx);
            this.patience = patience;
        }

        @Override
        public NetClient createNetClient(NetClientOptions options) {
            return super.createNetClient(new NetClientOptions(options)
                    // Below the dialogue's own time-out: whoever was never reached has seen nothing of a mail.
                    .setConnectTimeout(Math.toIntExact(patience.minus(MARGIN).toMillis() / 2))
                    .setIdleTimeout(Math.toIntExact(patience.toMillis()))
                    .setIdleTimeoutUnit(TimeUnit.MILLISECONDS));
        }
    }
}
