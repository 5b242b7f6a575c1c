package io.weekly.delivery;

import io.quarkus.mailer.SentMail;
import io.quarkus.mailer.runtime.MailerSupport;
import io.quarkus.mailer.runtime.Mailers;
import io.quarkus.mailer.runtime.MailersRuntimeConfig;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

/** Quarkus' mailers with all their settings, on {@link MailConnections}. */
@Singleton
@Alternative
@Priority(1)
class IdleTimeoutMailers extends Mailers {

    IdleTimeoutMailers(
            Vertx vertx,
            MailersRuntimeConfig settings,
            LaunchMode mode,
            MailerSupport support,
            TlsConfigurationRegistry tls,
            Event<SentMail> sent,
            MailConnections connections) {
        super(
                connections.vertx((VertxInternal) vertx),
                io.vertx.mutiny.core.Vertx.newInstance(vertx),
                settings,
                mode,
                support,
                tls,
                sent);
    }
}
