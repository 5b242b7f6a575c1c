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
 * Quarkus' mailers with all their settings, and two timeouts for which Quarkus has no setting.
 *
 * <ul>
 * <li>A connection is closed when it is silent for longer than a dialogue may last. A dialogue that times out does not close its
 *     connection. Without this timeout, each mail to a server that stops answering would use a socket, and a connection of the client's
 *     pool, until TCP gives up.</li>
 * <li>The timeout for connecting is half of the timeout of the dialogue. So a failure to connect is recognised as such.</li>
 * </ul>
 */
@Singleton
@Alternative
@Priority(1)
class IdleTimeoutMailers extends Mailers {

    /** The dialogue times out first, so that {@link HandOver} sees a timeout and not a closed connection. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    IdleTimeoutMailers(
            Vertx vertx,
            MailersRuntimeConfig settings,
            LaunchMode mode,
            MailerSupport support,
            TlsConfigurationRegistry tls,
            Event<SentMail> sent,
            DeliveryConfig config) {
        super(
                new TimeoutVertx((VertxInternal) vertx, config.timeout().plus(MARGIN)),
                io.vertx.mutiny.core.Vertx.newInstance(vertx),
                settings,
                mode,
                support,
                tls,
                sent);
    }

    /** Makes the mail client's connections. */
    private static final class TimeoutVertx extends VertxWrapper {

        private final Duration idleTimeout;

        TimeoutVertx(VertxInternal vertx, Duration idleTimeout) {
            super(vertx);
            this.idleTimeout = idleTimeout;
        }

        @Override
        public NetClient createNetClient(NetClientOptions options) {
            return super.createNetClient(new NetClientOptions(options)
                    // Less than the timeout of the dialogue: a failure to connect is seen as one, so the mail is certainly not out.
                    .setConnectTimeout(Math.toIntExact(idleTimeout.minus(MARGIN).toMillis() / 2))
                    .setIdleTimeout(Math.toIntExact(idleTimeout.toMillis()))
                    .setIdleTimeoutUnit(TimeUnit.MILLISECONDS));
        }
    }
}
