package io.weekly.api;

import io.smallrye.mutiny.Uni;
import io.weekly.api.http.Problem.Invalid;
import io.weekly.api.http.ProblemException;
import io.weekly.api.http.Validation;
import io.weekly.text.Spelling;
import io.weekly.webhook.WebhookAddresses;
import io.weekly.webhook.WebhookAddresses.Checked;
import io.weekly.webhook.WebhookChange;
import io.weekly.webhook.WebhookEvent;
import io.weekly.webhook.WebhookSecret;
import io.weekly.webhook.WebhookSecrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks requests for endpoints, including what only the database of names and the keys of the service can tell. */
@ApplicationScoped
class WebhookWishes {

    private static final List<String> EVENTS = WebhookEvent.SELECTABLE.stream().map(WebhookEvent::text).toList();

    private final WebhookAddresses addresses;
    private final WebhookSecrets secrets;
    private final Validation validation;

    WebhookWishes(WebhookAddresses addresses, WebhookSecrets secrets, Validation validation) {
        this.addresses = addresses;
        this.secrets = secrets;
        this.validation = validation;
    }

    /** What the request wants. Fails with a 422 that names each fault. Looks the host up, so call it outside of a transaction. */
    Uni<WebhookChange> change(WebhookRequest request) {
        var valid = validation.require(request);
        var events = events(valid.events());
        return addresses.check(valid.url()).map(checked -> switch (checked) {
            case Checked.Valid(var url) -> new WebhookChange(url, events, valid.enabled() == null || valid.enabled());
            case Checked.Invalid(var reason) -> throw ProblemException.invalid("url", reason);
        });
    }

    private static List<WebhookEvent> events(@Nullable List<String> names) {
        if (names == null) {
            return WebhookEvent.defaults();
        }
        var unknown = new ArrayList<Invalid>();
        var events = new ArrayList<WebhookEvent>();
        for (var i = 0; i < names.size(); i++) {
            var event = WebhookEvent.of(names.get(i));
            if (event.isPresent()) {
                events.add(event.get());
            } else {
                var hint = Spelling.hint(names.get(i), EVENTS);
                unknown.add(new Invalid("events[%d]".formatted(i), "must be one of %s%s".formatted(String.join(", ", EVENTS), hint)));
            }
        }
        if (!unknown.isEmpty()) {
            throw ProblemException.invalid(unknown);
        }
        return events.stream().distinct().sorted().toList();
    }

    /** The secret that the request has, or a new one. Fails with a 422 if it has not the form of one, and with a 409 without a key. */
    WebhookSecret secret(@Nullable WebhookSecret wanted) {
        if (!secrets.canEncrypt()) {
            throw ProblemException.conflict("This service has no key that encrypts the secrets of webhooks (weekly.keys.current).");
        }
        if (wanted != null && !wanted.isValid()) {
            throw ProblemException.invalid("secret", "must be whsec_ and the Base64 of 24 to 64 bytes");
        }
        return wanted == null ? secrets.random() : wanted;
    }
}
