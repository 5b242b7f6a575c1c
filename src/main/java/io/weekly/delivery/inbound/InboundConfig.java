package io.weekly.delivery.inbound;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;

/** {@code weekly.inbound.*}: which systems may say what became of mails. Without a setting the endpoints do not exist (404). */
@ConfigMapping(prefix = "weekly.inbound")
public interface InboundConfig {

    /** Amazon SES, by Amazon SNS. */
    Ses ses();

    /** Messages of mail systems, by a pipe of a mail server. */
    Signed dsn();

    /** Events as JSON, from a program of the operator. */
    Signed generic();

    /** {@code weekly.inbound.ses.*} */
    interface Ses {

        /** The ARNs of the topics that are accepted, separated by commas. */
        Optional<List<@Pattern(regexp = "arn:aws[a-z-]{0,20}:sns:[a-z0-9-]{3,30}:[0-9]{12}:[A-Za-z0-9_.-]{1,256}",
                message = "must be the ARN of an SNS topic, such as arn:aws:sns:eu-west-1:123456789012:ses-events") String>> topics();

        /** The oldest message that is accepted. A delivery policy can make Amazon SNS send a message again for an hour at most. */
        @WithDefault("1h")
        @DurationMin(minutes = 1)
        @DurationMax(days = 30)
        Duration maxAge();
    }

    /** An endpoint whose requests are signed with HMAC-SHA256. */
    interface Signed {

        /** The shared secret, at least 32 bytes. */
        Optional<@Size(min = 32, max = 1000, message = "must have at least 32 bytes") String> secret();

        /** The secret before, which is accepted too while senders change to the new one. */
        Optional<@Size(min = 32, max = 1000, message = "must have at least 32 bytes") String> previousSecret();

        /** The secrets that are accepted; none if the endpoint is not in use. */
        default List<String> secrets() {
            return secret().stream().flatMap(current -> Stream.concat(Stream.of(current), previousSecret().stream())).toList();
        }
    }
}
