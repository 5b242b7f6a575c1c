package io.weekly.api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.weekly.tenant.logo.Logo;
import io.weekly.text.Warning;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the API says about a logo that was stored. */
@RegisterForReflection(targets = {StoredLogo.class, Warning.class}) // the resource returns it in a Response, so Quarkus does not see it
public record StoredLogo(List<Warning> warnings) {

    static StoredLogo of(Logo logo, Optional<Warning> missing) {
        var notInMails = logo.notInMails().map(message -> new Warning("logo-not-in-mails", message));
        return new StoredLogo(Stream.of(notInMails, missing).flatMap(Optional::stream).toList());
    }
}
