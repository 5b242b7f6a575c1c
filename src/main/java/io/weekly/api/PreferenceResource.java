package io.weekly.api;

import static io.weekly.api.http.Validation.requireBody;

import io.smallrye.mutiny.Uni;
import io.weekly.access.RequestAccess;
import io.weekly.api.http.ForViewers;
import io.weekly.api.http.Problem.Invalid;
import io.weekly.api.http.ProblemException;
import io.weekly.api.http.Validation;
import io.weekly.api.request.RequestedDefinition;
import io.weekly.tenant.Preference;
import io.weekly.tenant.Preferences;
import io.weekly.tenant.Recipient;
import io.weekly.tenant.Recipients;
import io.weekly.tenant.Scope.OfRecipient;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The preferences of the caller. A caller that is not a recipient gets a 404, operators included. */
@Path("/api/v1/me/preferences")
@Tag(name = "Preferences")
@ForViewers
public class PreferenceResource {

    private static final Duration MAX_PAUSE = Duration.ofDays(366);

    private final Preferences preferences;
    private final Recipients recipients;
    private final RequestedDefinition definitions;
    private final Validation validation;
    private final RequestAccess access;
    private final Clock clock;

    PreferenceResource(
            Preferences preferences, Recipients recipients, RequestedDefinition definitions, Validation validation, RequestAccess access,
            Clock clock) {
        this.preferences = preferences;
        this.recipients = recipients;
        this.definitions = definitions;
        this.validation = validation;
        this.access = access;
        this.clock = clock;
    }

    @GET
    @Operation(operationId = "findPreferences", summary = "The caller's preferences; only unsubscribed if there are none")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Preference.class)))
    public Uni<Preference> find() {
        return me().flatMap(preferences::of);
    }

    @PUT
    @Operation(
            operationId = "replacePreferences",
            summary = "Replaces the caller's preferences, which queued reports follow too",
            description = "Until pausedUntil, the reports of a run end as skipped instead of being mailed. Reports of a definition in"
                    + " unsubscribed end as suppressed. Reports on demand are mailed in any case. A field that is left out is reset.")
    @APIResponse(
            responseCode = "200",
            description = "OK",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = Preference.class)))
    public Uni<Preference> replace(@Nullable Preference preference) {
        var caller = access.caller();
        return me().flatMap(me -> {
            var wanted = validation.require(requireBody(preference));
            return preferences.of(me)
                    .invoke(before -> check(wanted, before))
                    .flatMap(before -> preferences.put(me, caller.userId(), wanted, caller.actor()))
                    .map(stored -> stored.orElseThrow(ProblemException::notFound));
        });
    }

    private Uni<OfRecipient> me() {
        var caller = access.caller();
        var tenant = caller.tenant().orElseThrow(ProblemException::notFound);
        return recipients.find(tenant.scope(), caller.userId())
                .map(found -> found.filter(Recipient::active).orElseThrow(ProblemException::notFound))
                .map(recipient -> new OfRecipient(tenant.id(), recipient.id()));
    }

    /** A definition that no longer exists may stay in unsubscribed, because clients send back what they received. */
    private void check(Preference wanted, Preference before) {
        var errors = new ArrayList<Invalid>();
        if (wanted.pausedUntil() != null && wanted.pausedUntil().isAfter(clock.instant().plus(MAX_PAUSE))) {
            errors.add(new Invalid("pausedUntil", "must be at most a year ahead"));
        }
        for (var name : wanted.unsubscribed()) {
            if (!before.unsubscribed().contains(name) && !definitions.exists(name)) {
                errors.add(new Invalid("unsubscribed[%d]".formatted(wanted.unsubscribed().indexOf(name)), "is no definition"));
            }
        }
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }
}
