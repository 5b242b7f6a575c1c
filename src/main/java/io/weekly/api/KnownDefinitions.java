package io.weekly.api;

import io.weekly.api.http.Refusal;
import io.weekly.definition.BrokenDefinition;
import io.weekly.definition.Definitions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Holds the definition that a request names against those that can be made. */
@ApplicationScoped
class KnownDefinitions {

    private final Definitions definitions;

    KnownDefinitions(Definitions definitions) {
        this.definitions = definitions;
    }

    /** Whether there is one with this name, be it broken for now. */
    boolean has(String name) {
        return definitions.find(name).isPresent() || definitions.broken().stream().anyMatch(broken -> broken.name().equals(name));
    }

    /** A 422 where no report can be made of it, be it unknown or broken. */
    void require(String name) {
        if (definitions.find(name).isEmpty()) {
            throw Refusal.invalid("definition", "is no definition that can be made; GET /api/v1/definitions has them");
        }
    }

    /** A 422 where no report can be made of it, or not in one of these formats. */
    void require(String name, List<String> formats) {
        require(name);
        requireFormats(name, formats);
    }

    /** A 422 where the definition, of which reports can be made, has not all of these formats. */
    void requireFormats(String name, List<String> formats) {
        var offered = definitions.find(name).orElseThrow().formats();
        for (int i = 0; i < formats.size(); i++) {
            if (!offered.contains(formats.get(i))) {
                throw Refusal.invalid(
                        "formats[%d]".formatted(i), "is no format of %s, which has %s".formatted(name, String.join(", ", offered)));
            }
        }
    }

    /** Where the path names it: a 404 for an unknown one, a 409 with all its faults for one that is there and broken. */
    void requireInPath(String name) {
        if (definitions.find(name).isEmpty()) {
            throw definitions.broken().stream()
                    .filter(broken -> broken.name().equals(name))
                    .findFirst()
                    .map(KnownDefinitions::broken)
                    .orElseGet(Refusal::notFound);
        }
    }

    private static Refusal broken(BrokenDefinition definition) {
        return Refusal.conflict("The definition is broken: %s".formatted(definition.reasons()));
    }
}
