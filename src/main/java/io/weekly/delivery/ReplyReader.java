package io.weekly.delivery;

import io.weekly.text.ControlCharacters;
import io.weekly.text.Ellipsis;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Divides what an SMTP server sends into replies. A reply has one line, or several: all but the last have a hyphen after the code. */
final class ReplyReader {

    /** A reply has at most this many characters; a line has at most 512 (RFC 5321, 4.5.3.1.5). What comes after them is left out. */
    static final int MAX_LENGTH = 500;

    /** A character has at most this many bytes in UTF-8. */
    private static final int MAX_BYTES = 4 * MAX_LENGTH;

    /** Takes a whole reply. */
    interface Replies {
        /**
         * @param code 0 if the reply has none
         * @param text all lines, joined by blanks, with their codes; bounded; control characters are U+FFFD
         */
        void replied(int code, String text);
    }

    private final Replies replies;
    /** The line that is being read, without what is too long. */
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    /** The lines of the reply that is being read. */
    private final StringBuilder text = new StringBuilder();

    ReplyReader(Replies replies) {
        this.replies = replies;
    }

    void read(byte[] bytes) {
        for (var b : bytes) {
            if (b == '\n') {
                endOfLine();
            } else if (line.size() < MAX_BYTES) {
                line.write(b);
            }
        }
    }

    private void endOfLine() {
        var read = line.toString(StandardCharsets.UTF_8).stripTrailing();
        line.reset();
        if (text.length() <= MAX_LENGTH) {
            text.append(text.isEmpty() ? "" : " ").append(ControlCharacters.oneLine(ControlCharacters.visible(read)));
        }
        var code = code(read);
        // The mail client does the same with a line without a code: it is the last one.
        if (code == 0 || !read.startsWith("-", 3)) {
            var whole = Ellipsis.shorten(text.toString(), MAX_LENGTH);
            text.setLength(0);
            replies.replied(code, whole);
        }
    }

    private static int code(String line) {
        var hasCode = line.length() >= 3 && line.chars().limit(3).allMatch(c -> c >= '0' && c <= '9');
        return hasCode ? Integer.parseInt(line.substring(0, 3)) : 0;
    }
}
