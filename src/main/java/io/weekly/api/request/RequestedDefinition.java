package io.weekly.api.request;

import io.weekly.api.http.ProblemException;
import io.weekly.definition.BrokenDefinition;
import io.weekly.definition.Definitions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;

/** Checks the definition and the formats that a request names. */
@ApplicationScoped
public class RequestedDefinition {

    private final Definitions definitions;

    RequestedDefinition(Definitions definitions) {
        this.definitions = definitions;
    }

    /** Whether there is a definition with this name, usable or broken. */
    public boolean exists(String name) {
        return definitions.find(name).isPresent() || definitions.broken().stream().anyMatch(broken -> broken.name().equals(name));
    }

    /** The title of a definition for a reader with this locale; its name if it cannot be used. */
    public String title(String name, String locale) {
        return definitions.find(name)
                .map(definition -> definition.title(Locale.forLanguageTag(locale.replace('_', '-'))))
                .orElse(name);
    }

    /** Fails with a 422 if the definition is unknown or broken, or does not have one of the formats. */
    public void require(String name, List<String> formats) {
        if (definitions.find(name).isEmpty()) {
            throw ProblemException.invalid("definition", "is no definition that can be made; GET /api/v1/definitions has them");
        }
        requireFormats(name, formats);
    }

    /** Checks a name from the path. Fails with a 404 if the definition is unknown, and with a 409 that lists all faults if it is broken. */
    public void requireInPath(String name) {
        if (definitions.find(name).isEmpty()) {
            throw definitions.broken().stream()
                    .filter(broken -> broken.name().equals(name))
                    .findFirst()
                    .map(RequestedDefinition::broken)
                    .orElseGet(ProblemException::notFound);
        }
    }

    private static ProblemException broken(BrokenDefinition definition) {
        return ProblemException.conflict("The definition is broken: %s".formatted(definition.reasons()));
    }

    /** Fails with a 422 if a usable definition does not have one of the formats. */
    public void requireFormats(String name, List<String> formats) {
        var offered = definitions.find(name).orElseThrow().formats();
        for (int i = 0; i < formats.size(); i++) {
            if (!offered.contains(formats.get(i))) {
                throw ProblemException.invalid(
                        "formats[%d]".formatted(i), "is no format of %s, which has %s".formatted(name, String.join(", ", offered)));
            }
        }
    }
}
