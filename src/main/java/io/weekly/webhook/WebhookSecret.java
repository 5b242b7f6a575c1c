package io.weekly.webhook;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The secret that signs the messages to an endpoint, as Standard Webhooks has it: {@code whsec_} and the Base64 of 24 to 64 bytes.
 *
 * <p>This is not a record, because the {@code toString} of a record would contain the secret. A secret must not get into a log, an event or
 * a stored answer.
 */
@Schema(type = SchemaType.STRING, format = "password", maxLength = 100, writeOnly = true)
public final class WebhookSecret {

    private static final String PREFIX = "whsec_";
    private static final Pattern FORM = Pattern.compile("whsec_[A-Za-z0-9+/]{32,88}={0,2}");
    private static final int MIN_BYTES = 24;
    private static final int MAX_BYTES = 64;
    private static final int NEW_BYTES = 32;

    private final String text;

    private WebhookSecret(String text) {
        this.text = text;
    }

    /** Takes any text; {@link #isValid} says whether it is a secret. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static WebhookSecret of(String text) {
        return new WebhookSecret(text);
    }

    /** @param random not a static one: a native image would make the same secrets at each start */
    static WebhookSecret random(SecureRandom random) {
        var bytes = new byte[NEW_BYTES];
        random.nextBytes(bytes);
        return new WebhookSecret(PREFIX + Base64.getEncoder().encodeToString(bytes));
    }

    /** Whether it has the right form and length. Libraries of receivers refuse Base64 whose padding ({@code =}) is left out. */
    public boolean isValid() {
        return key().isPresent() && (text.length() - PREFIX.length()) % 4 == 0;
    }

    /** The bytes that sign; empty if this is no secret. A secret that an earlier version took without its padding signs too. */
    Optional<byte[]> key() {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder().decode(text.substring(PREFIX.length())))
                    .filter(bytes -> bytes.length >= MIN_BYTES && bytes.length <= MAX_BYTES);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The secret itself. */
    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "a secret";
    }
}
