package io.weekly.delivery.inbound;

/** Comments in parentheses, which the value of a header field may have anywhere (RFC 5322, section 3.2.2). They may be nested. */
final class HeaderComments {

    private HeaderComments() {}

    /** The text without its comments. A comment without an end goes to the end of the text. Quoted text stays. Takes linear time. */
    static String remove(String text) {
        var kept = new StringBuilder();
        var depth = 0;
        var isQuoted = false;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '"' && depth == 0) {
                isQuoted = !isQuoted;
            }
            if (c == '(' && !isQuoted) {
                depth++;
            } else if (c == ')' && depth > 0) {
                depth--;
            } else if (depth == 0) {
                kept.append(c);
            }
        }
        return kept.toString().strip();
    }
}
