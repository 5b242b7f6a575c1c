package io.weekly.delivery.inbound;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.weekly.audit.Sha256;
import io.weekly.database.Ids;
import io.weekly.delivery.DeliveryReference;
import io.weekly.delivery.inbound.InboundEvent.MailNames;
import io.weekly.delivery.inbound.InboundEvent.Source;
import io.weekly.delivery.inbound.InboundEvent.Type;
import io.weekly.delivery.reply.MailReply;
import io.weekly.delivery.reply.Route;
import io.weekly.delivery.reply.Step;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event in the service's own form. At least one of {@code messageId}, {@code serverId} and {@code report} names the mail: an address
 * alone is not enough.
 *
 * @param id names the event: another one with the same id changes nothing. Without it, an equal event changes nothing
 * @param type bounce, complaint, delivered or deferred
 * @param messageId the Message-ID of the mail
 * @param serverId the id that the mail server gave the mail in its last reply
 * @param report the id of the report, for its latest mail, or the value of the mail's header X-Weekly-Report
 * @param recipient the address; if it is not the one of the mail, the event is ignored
 * @param status the enhanced status (RFC 3463), for example 5.1.1
 * @param code the reply code of SMTP
 * @param diagnostic what the mail system said
 * @param at when it happened
 */
@RegisterForReflection // read from the bytes of a body, so Quarkus does not see this type
public record GenericEvent(
        @Nullable @Size(min = 1, max = 200) String id,
        @NotNull(message = "must be bounce, complaint, delivered or deferred")
                @Pattern(regexp = "bounce|complaint|delivered|deferred", message = "must be bounce, complaint, delivered or deferred")
                String type,
        @Nullable @Size(min = 1, max = 300) String messageId,
        @Nullable @Size(min = 1, max = 100) String serverId,
        @Nullable @Pattern(regexp = "[0-9a-f]{32}(\\.[1-9][0-9]{0,8})?", message = "must be the id of a report, or an X-Weekly-Report")
                String report,
        @Nullable @Size(min = 3, max = 320) String recipient,
        @Nullable @Pattern(regexp = "[245]\\.\\d{1,3}\\.\\d{1,3}", message = "must be an enhanced status such as 5.1.1") String status,
        @Nullable @Min(200) @Max(599) Integer code,
        @Nullable @Size(max = 4000) String diagnostic,
        @Nullable Instant at) {

    /** Whether the event names its mail. */
    @JsonIgnore
    @AssertTrue(message = "needs messageId, serverId or report: an address alone does not identify a mail")
    public boolean isNamed() {
        return messageId != null || serverId != null || report != null;
    }

    /** The event. It must be valid. */
    public InboundEvent event() {
        return new InboundEvent(
                Source.GENERIC, id != null ? "id\n" + id : hash(), Type.of(type).orElseThrow(), names(), recipients(), reply(), null, at);
    }

    private String hash() {
        return "hash\n" + Sha256.hex(toString().getBytes(StandardCharsets.UTF_8));
    }

    private MailNames names() {
        return new MailNames(
                given(messageId).stream().map(GenericEvent::bracketed).toList(),
                given(report).stream().flatMap(text -> reference(text).stream()).toList(),
                given(serverId));
    }

    private static List<String> given(@Nullable String text) {
        return text == null ? List.of() : List.of(text);
    }

    private static String bracketed(String messageId) {
        var text = messageId.strip();
        return text.startsWith("<") ? text : "<" + text + ">";
    }

    private static Optional<DeliveryReference> reference(String text) {
        return Ids.isId(text) ? Optional.of(DeliveryReference.latest(text)) : DeliveryReference.ofText(text);
    }

    private List<String> recipients() {
        return given(recipient).stream().map(text -> ReportedAddress.of(text).orElse(text)).toList();
    }

    private MailReply reply() {
        return new MailReply(
                Route.PROVIDER, Step.LATER, code == null ? 0 : code, status, Objects.requireNonNullElse(diagnostic, words()));
    }

    private String words() {
        if (type.equals("complaint")) {
            return "the reader reported it as spam";
        }
        return code == null && status == null ? "no reason given" : "";
    }
}
