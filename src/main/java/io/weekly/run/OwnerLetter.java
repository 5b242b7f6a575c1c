package io.weekly.run;

import java.util.Locale;

/**
 * What the owner of a schedule is told about one of its runs. Plain text, which readers show in a font of their choice: so nothing is set
 * in columns.
 */
record OwnerLetter(About about, String subject, String body) {

    /** Of each a run has one mail at most. */
    enum About {
        DEADLINE("its missed deadline"),
        DATA("its data, which are late");

        private final String words;

        About(String words) {
            this.words = words;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static About of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }

        /** For a log line. */
        String words() {
            return words;
        }
    }
}
