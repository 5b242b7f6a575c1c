package io.weekly.webhook;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The events about which an endpoint can get messages. Each event has the name of the audit event that causes it. {@link #TEST} has no
 * audit event of this name: an admin requests it.
 */
public enum WebhookEvent {
    /** A run has ended: all of its reports have a final status. Comes again if a report of the run was tried again. */
    RUN_FINISHED("run.finished", About.RUN, true),
    /** A run waits for a person: its samples must be approved. */
    RUN_HELD("run.held", About.RUN, true),
    /** A run was not over at its deadline. */
    RUN_DEADLINE_MISSED("run.deadline-missed", About.RUN, true),
    /** A report failed permanently. */
    REPORT_FAILED("report.failed", About.REPORT, true),
    /** The mail of a report was rejected. */
    REPORT_BOUNCED("report.bounced", About.REPORT, true),
    /** The files of a report are stored. */
    REPORT_GENERATED("report.generated", About.REPORT, false),
    /** The mail server has accepted the mail of a report. */
    REPORT_DELIVERED("report.delivered", About.REPORT, false),
    /** A test of the endpoint. */
    TEST("webhook.test", About.NOTHING, false);

    /** What the payload describes. */
    enum About {
        RUN,
        REPORT,
        NOTHING
    }

    /** The events that an endpoint can have, in the order of the documentation. */
    public static final List<WebhookEvent> SELECTABLE = Arrays.stream(values()).filter(event -> event != TEST).toList();

    private final String text;
    private final About about;
    private final boolean byDefault;

    WebhookEvent(String text, About about, boolean byDefault) {
        this.text = text;
        this.about = about;
        this.byDefault = byDefault;
    }

    /** Its name in the database and in JSON. */
    @JsonValue
    public String text() {
        return text;
    }

    About about() {
        return about;
    }

    /** The events of an endpoint that does not name any. */
    public static List<WebhookEvent> defaults() {
        return SELECTABLE.stream().filter(event -> event.byDefault).toList();
    }

    /** The event of this name; empty for any other text, and for that of the test. */
    public static Optional<WebhookEvent> of(String text) {
        return SELECTABLE.stream().filter(event -> event.text.equals(text)).findFirst();
    }
}
