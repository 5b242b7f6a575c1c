package io.weekly.chaos;

import java.util.Locale;

/** What the mail server does at one step of a dialogue. At the other steps it works correctly. */
record Mood(Answer answer, Step at) {

    static final Mood GOOD = new Mood(Answer.GOOD, Step.GREETING);

    enum Answer {
        GOOD,
        /** The correct reply after two seconds. */
        SLOW,
        /** 451. */
        LATER,
        /** 421, and the connection is closed. */
        CLOSING,
        /** 550. */
        NEVER,
        /** No reply, until the client disconnects. */
        HANG,
        /** No reply, and the connection is closed. */
        CUT
    }

    /** In the order of a dialogue. */
    enum Step {
        GREETING,
        EHLO,
        MAIL,
        RCPT,
        DATA,
        /** After the last byte of the mail. From here on the server may have accepted it. */
        CONTENT
    }

    /** Whether it works on a kept connection, on which greeting and EHLO are over. */
    boolean isForEveryDialogue() {
        return at.compareTo(Step.MAIL) >= 0;
    }

    /** Whether it refuses the mail at this step. */
    boolean refusesAt(Step step) {
        return at == step && (answer == Answer.LATER || answer == Answer.CLOSING || answer == Answer.NEVER);
    }

    @Override
    public String toString() {
        return answer == Answer.GOOD ? "good" : "%s at %s".formatted(answer, at).toLowerCase(Locale.ROOT);
    }
}
