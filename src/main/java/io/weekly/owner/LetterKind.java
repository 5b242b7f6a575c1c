package io.weekly.owner;

import io.weekly.run.OwnerLetter.About;
import java.util.Locale;

/** What a letter to an owner is about. A run has at most one letter of each kind; an owner has at most one digest of a week. */
enum LetterKind {
    DEADLINE("the missed deadline", "run.owner-told", "run.owner-not-told"),
    DATA("the late data", "run.owner-told", "run.owner-not-told"),
    AUDIENCE("the empty audience", "run.owner-told", "run.owner-not-told"),
    DIGEST("the week", "owner.digest-sent", "owner.digest-not-sent");

    private final String words;
    private final String told;
    private final String notTold;

    LetterKind(String words, String told, String notTold) {
        this.words = words;
        this.told = told;
        this.notTold = notTold;
    }

    static LetterKind of(About about) {
        return switch (about) {
            case DEADLINE -> DEADLINE;
            case DATA -> DATA;
            case AUDIENCE -> AUDIENCE;
        };
    }

    static LetterKind of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** Its name in the database, in Message-IDs and in events. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For a log line. */
    String words() {
        return words;
    }

    /** The audit event if the mail server took the letter. */
    String told() {
        return told;
    }

    /** The audit event if the letter was given up. */
    String notTold() {
        return notTold;
    }

    /** Whether it is about a run. Else its id is its own. */
    boolean isAboutRun() {
        return this != DIGEST;
    }
}
