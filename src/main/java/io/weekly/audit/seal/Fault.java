package io.weekly.audit.seal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Something that must not be in a sealed audit trail.
 *
 * @param seal the number of the seal that it concerns
 * @param event the id of the first event that it concerns; null if it concerns no single event
 * @param message a sentence for a reader
 */
@Schema(name = "AuditFault")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Fault(long seal, @Nullable Long event, Kind kind, String message) {

    /** By seal. Unknown keys come last, so that many of them do not hide that something was changed. */
    static final Comparator<Fault> ORDER = Comparator.comparing((Fault fault) -> fault.kind() == Kind.UNKNOWN_KEY)
            .thenComparing(Fault::seal)
            .thenComparing(Fault::kind)
            .thenComparing(Fault::event, Comparator.nullsFirst(Comparator.naturalOrder()));

    /** What is wrong. */
    @Schema(name = "AuditFaultKind")
    public enum Kind {
        /** At least one event of the seal was changed, or two were swapped. */
        CHANGED("events of this seal were changed"),
        /** An event of the seal is not there. */
        MISSING("an event of this seal was deleted"),
        /** There is an event that the seal of its range does not have. */
        INSERTED("there is an event that was not there when its range was sealed"),
        /** There is an event that was pruned. */
        NOT_REMOVED("there is an event that a signed statement says was removed"),
        /** The seal was changed, or made with another key. */
        SIGNATURE("the signature of this seal is wrong: it was changed, or made with another key"),
        /** The key of the seal is not known, so nobody can say whether it is genuine. */
        UNKNOWN_KEY("the key of this seal is not configured, so its signature could not be checked"),
        /** The seal does not follow on the seal before. */
        CHAIN("this seal does not follow on the seal before: a seal was removed or replaced"),
        /** A copy of the seal outside the database says something else, or the database does not have the seal. */
        ANCHOR("an anchor has another seal with this number, or the database does not have it: seals were removed or made anew");

        private final String message;

        Kind(String message) {
            this.message = message;
        }

        /** The name in the API and in the output of commands. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        Fault of(long seal) {
            return new Fault(seal, null, this, message);
        }

        Fault of(long seal, long event) {
            return new Fault(seal, event, this, message);
        }
    }

    Fault withoutEvent() {
        return new Fault(seal, null, kind, message);
    }
}
