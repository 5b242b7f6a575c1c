package io.weekly.render.text;

import java.util.List;
import java.util.Map;

/** Messages of a definition and of the service: placeholders filled in, and the label for a name that comes from the data. */
public final class MessageText {

    private MessageText() {}

    /**
     * Fills {0}, {1}, … Not MessageFormat: its apostrophes are a trap in French. One pass: what is filled in is not looked at again. The
     * dot of an abbreviation ends the sentence too ("395 Mio.", "Acme Inc."), so that there are never two.
     */
    public static String with(String text, List<Object> arguments) {
        StringBuilder filled = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            boolean slot = text.charAt(i) == '{' && i + 2 < text.length() && text.charAt(i + 2) == '}';
            int number = slot ? text.charAt(i + 1) - '0' : -1;
            if (number >= 0 && number < arguments.size()) {
                filled.append(arguments.get(number) == null ? Nothing.DASH : arguments.get(number));
                i += 2;
                boolean ended = !filled.isEmpty() && filled.charAt(filled.length() - 1) == '.';
                if (ended && text.startsWith(".", i + 1) && !text.startsWith("..", i + 1)) {
                    i++;
                }
            } else {
                filled.append(text.charAt(i));
            }
        }
        return filled.toString();
    }

    /** The message for a name of the data's own ({@code metric_revenue}), or the name itself made presentable. */
    public static String label(String name, String key, Map<?, ?> messages) {
        if (messages.get(key) instanceof String message) {
            return message;
        }
        String spaced = name.replace('_', ' ').strip();
        return spaced.isEmpty() ? name : spaced.substring(0, 1).toUpperCase() + spaced.substring(1);
    }
}
