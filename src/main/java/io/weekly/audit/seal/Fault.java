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
 * @param seal the number of the seal that it concerns; null if it concerns a table or the anchors
 * @param event the id of the first event that it concerns; null if it concerns no single event
 * @param message a sentence for a reader
 */
@Schema(name = "AuditFault")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Fault(@Nullable Long seal, @Nullable Long event, Kind kind, String message) {

    /** By seal. What proves no change comes last, so that many unknown keys do not hide that something was changed. */
    static final Comparator<Fault> ORDER = Comparator.comparing((Fault fault) -> !fault.kind().isChange())
            .thenComparing(Fault::seal, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Fault::kind)
            .thenComparing(Fault::event, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Fault::message);

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
        ANCHOR("an anchor has another seal with this number, or the database does not have it: seals were removed or made anew"),
        /** A table of events or seals is not as the migrations make it, so that a verification could overlook events. */
        TABLE("a table is not as this version makes it"),
        /** There should be anchors, but a folder has none that can be compared, or some that cannot be read. */
        ANCHORS_UNREADABLE("a folder of anchors has none that can be compared, or some that cannot be read");

        private final String message;

        Kind(String message) {
            this.message = message;
        }

        /** The name in the API and in the output of commands. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether it proves that something was changed. Otherwise, something could not be checked. */
        boolean isChange() {
            return this != UNKNOWN_KEY && this != ANCHORS_UNREADABLE;
        }

        Fault ofNoSeal() {
            return new Fault(null, null, this, message);
        }

        /** @param difference how a table differs */
        Fault of(String difference) {
            return new Fault(null, null, this, message + ": " + difference);
        }

        Fault of(long seal) {
            return new Fault(seal, null, this, message);
        }

        Fault of(long seal, long event) {
            return new Fault(seal, event, this, message);
        }
    }

    /** A line of the output of commands. */
    String line() {
        var place = (seal == null ? "" : "Seal " + seal) + (event == null ? "" : ", event " + event) + (seal == null ? "" : ": ");
        return "%s%s (%s).".formatted(place, message, kind.text());
    }

    Fault withoutEvent() {
        return new Fault(seal, null, kind, message);
    }
}
