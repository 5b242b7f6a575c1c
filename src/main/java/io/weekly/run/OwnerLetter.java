package io.weekly.run;

/**
 * The text of a mail to the owner of a schedule about one of its runs. It is plain text without columns, because columns do not line up in
 * every font.
 *
 * @param about the reason of the letter
 * @param subject at most 400 characters
 * @param body lines that end with a line feed
 */
public record OwnerLetter(About about, String subject, String body) {

    /** The reason of a letter. A run has at most one letter of each kind. */
    public enum About {
        /** The run missed its deadline. */
        DEADLINE,
        /** Its data are late. */
        DATA,
        /** Its audience matches nobody. */
        AUDIENCE
    }
}
