package io.weekly.chaos;

/** What the mail server does at one step of a dialogue; at the others it does as it should. */
record Mood(Answer answer, Step at) {

    static final Mood GOOD = new Mood(Answer.GOOD, Step.GREETING);

    enum Answer {
        GOOD,
        /** As it should, after two seconds. */
        SLOW,
        /** 451. */
        LATER,
        /** 421, and it hangs up. */
        CLOSING,
        /** 550. */
        NEVER,
        /** Nothing, until the client goes away. */
        HANG,
        /** Nothing, and the connection is lost. */
        CUT
    }

    /** In the order of a dialogue. */
    enum Step {
        GREETING,
        EHLO,
        MAIL,
        RCPT,
        DATA,
        /** After the last byte of the mail: from here on the server may have it. */
        CONTENT
    }

    /** On a connection that is kept, greeting and EHLO are over. */
    boolean isForEveryDialogue() {
        return at.compareTo(Step.MAIL) >= 0;
    }

    /** It does not take the mail, and says so. */
    boolean refusesAt(Step step) {
        return at == step && (answer == Answer.LATER || answer == Answer.CLOSING || answer == Answer.NEVER);
    }

    @Override
    public String toString() {
        return answer == Answer.GOOD ? "good" : "%s at %s".formatted(answer, at).toLowerCase();
    }
}
