package io.weekly.delivery.inbound;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.weekly.text.ControlCharacters;
import io.weekly.text.Ellipsis;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Receives messages of Amazon SNS with events of Amazon SES: checks who sent them, confirms subscriptions, and reads the events. */
@ApplicationScoped
public class SnsReceiver {

    private static final Logger LOG = Logger.getLogger(SnsReceiver.class);
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
    private static final int MAX_SHOWN = 300;

    private final InboundConfig config;
    private final SnsCertificates certificates;
    private final AmazonReader amazon;
    private final ObjectMapper json;
    private final Clock clock;

    SnsReceiver(InboundConfig config, SnsCertificates certificates, AmazonReader amazon, ObjectMapper json, Clock clock) {
        this.config = config;
        this.certificates = certificates;
        this.amazon = amazon;
        this.json = json;
        this.clock = clock;
    }

    /** What a request was. */
    public sealed interface Received {
        /** A message of Amazon SNS; it may have no events. */
        record Events(List<InboundEvent> events) implements Received {}

        /** No message of Amazon SNS. */
        record Malformed() implements Received {}

        /** Amazon did not send it, or not by a topic that is allowed, or too long ago. The log has the reason. */
        record Forged() implements Received {}

        /**
         * Amazon could not be asked. The message has to be sent again.
         *
         * @param counts whether a message that is not known to be genuine made the service ask: strangers could do that all the time
         */
        record Unavailable(boolean counts) implements Received {}
    }

    /** Whether topics are configured. */
    public boolean isEnabled() {
        return config.ses().topics().isPresent();
    }

    /** Checks and reads the body of a request. Does not fail. */
    public Uni<Received> receive(byte[] body) {
        var found = parse(body);
        if (found.isEmpty()) {
            return Uni.createFrom().item(new Received.Malformed());
        }
        var message = found.get();
        // Before the certificate: strangers must not make the service call Amazon.
        var fault = fault(message);
        if (fault.isPresent()) {
            return Uni.createFrom().item(forged(fault.get()));
        }
        return certificates.find(message.signingCertUrl(), message.topicArn()).flatMap(certificate -> switch (certificate) {
            case SnsCertificates.Found.Valid(var valid) -> valid.hasSigned(message)
                    ? genuine(message)
                    : Uni.createFrom().item(forged("its signature is wrong"));
            case SnsCertificates.Found.Refused(var reason) -> Uni.createFrom().item(forged(reason));
            case SnsCertificates.Found.Away(var reason, var asked) -> {
                LOG.warnf("a message of Amazon SNS could not be checked: %s", shown(reason));
                yield Uni.createFrom().item(new Received.Unavailable(asked));
            }
        });
    }

    private Optional<SnsMessage> parse(byte[] body) {
        try {
            return Optional.ofNullable(json.readTree(body)).flatMap(SnsMessage::of);
        } catch (IOException _) {
            return Optional.empty(); // no JSON
        }
    }

    private Optional<String> fault(SnsMessage message) {
        if (!config.ses().topics().orElse(List.of()).contains(message.topicArn())) {
            return Optional.of("its topic is not in weekly.inbound.ses.topics: " + message.topicArn());
        }
        try {
            var age = Duration.between(Instant.parse(message.timestamp()), clock.instant());
            return age.compareTo(config.ses().maxAge()) > 0 || age.plus(CLOCKS_DIFFER).isNegative()
                    ? Optional.of("its time is too far from now: " + message.timestamp())
                    : Optional.empty();
        } catch (DateTimeParseException _) {
            return Optional.of("it has no time");
        }
    }

    private static Received forged(String reason) {
        LOG.warnf("a message to /inbound/ses was refused: %s", shown(reason));
        return new Received.Forged();
    }

    private Uni<Received> genuine(SnsMessage message) {
        return switch (message.type()) {
            case NOTIFICATION -> Uni.createFrom().item(events(message));
            case SUBSCRIPTION -> confirm(message);
            case UNSUBSCRIPTION -> {
                LOG.warnf("Amazon SNS has ended the subscription of %s: no more bounces come from this topic", shown(message.topicArn()));
                yield Uni.createFrom().item(new Received.Events(List.of()));
            }
        };
    }

    private Received events(SnsMessage message) {
        try {
            return new Received.Events(SesEvents.of(json.readTree(message.message()), message.messageId()));
        } catch (IOException _) {
            // Amazon sends a plain text when SES is connected to the topic, and whoever may publish to it can send anything.
            return new Received.Events(List.of());
        }
    }

    private Uni<Received> confirm(SnsMessage message) {
        var address = AmazonAddress.ofConfirmation(String.valueOf(message.subscribeUrl()), message.topicArn());
        if (address.isEmpty()) {
            return Uni.createFrom().item(forged("SubscribeURL is no address of Amazon SNS"));
        }
        return amazon.read(address.get())
                .<Received>map(_ -> {
                    LOG.infof("the subscription of %s is confirmed", shown(message.topicArn()));
                    return new Received.Events(List.of());
                })
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf("the subscription of %s could not be confirmed: %s", shown(message.topicArn()), failure.getMessage());
                    return new Received.Unavailable(false);
                });
    }

    private static String shown(String text) {
        return Ellipsis.shorten(ControlCharacters.oneLine(text), MAX_SHOWN);
    }
}
