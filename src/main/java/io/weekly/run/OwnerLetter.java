package io.weekly.run;

import java.util.Locale;

/**
 * The text of a mail to the owner of a schedule about one of its runs. It is plain text without columns, because columns do not line up in
 * every font.
 */
record OwnerLetter(About about, String subject, String body) {

    /** The subject of a letter. A run has at most one letter of each kind. */
    enum About {
        DEADLINE("its missed deadline"),
        DATA("its late data"),
        AUDIENCE("its empty audience");

        private final String words;

        About(String words) {
            this.words = words;
        }

        /** Its name in the database. */
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
