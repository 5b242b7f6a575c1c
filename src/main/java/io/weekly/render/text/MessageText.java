package io.weekly.render.text;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fills in the placeholders of messages, and finds the label for a name in the data. */
public final class MessageText {

    /** A message that contains another one twice, which contains another one twice, … would take all of the memory. */
    private static final int MAX_LENGTH = 10_000_000;

    private MessageText() {}

    /**
     * Replaces {0}, {1}, … by the arguments; null becomes a dash. Placeholders inside of an argument are not replaced. If an argument ends
     * with a dot ("395 Mio.", "Acme Inc."), the dot of the sentence after it is left out.
     *
     * <p>This is not MessageFormat, because apostrophes have a meaning there, and French texts are full of them.
     *
     * @throws IllegalArgumentException if the result becomes longer than ten million characters
     */
    public static String with(String text, List<? extends @Nullable Object> arguments) {
        StringBuilder filled = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            boolean placeholder = text.charAt(i) == '{' && i + 2 < text.length() && text.charAt(i + 2) == '}';
            int number = placeholder ? text.charAt(i + 1) - '0' : -1;
            if (number >= 0 && number < arguments.size()) {
                Object argument = arguments.get(number);
                String value = DateTimeText.ofValue(argument == null ? MissingValue.DASH : argument);
                if (filled.length() + value.length() > MAX_LENGTH) {
                    throw new IllegalArgumentException("a message with its arguments has more than %d characters".formatted(MAX_LENGTH));
                }
                filled.append(value);
                i += 2;
                boolean endsWithDot = !filled.isEmpty() && filled.charAt(filled.length() - 1) == '.';
                if (endsWithDot && text.startsWith(".", i + 1) && !text.startsWith("..", i + 1)) {
                    i++;
                }
            } else {
                filled.append(text.charAt(i));
            }
        }
        return filled.toString();
    }

    /** The message with this key ({@code metric_revenue}), else the name in a readable form: {@code net_sales} becomes "Net sales". */
    public static String label(String name, String key, Map<?, ?> messages) {
        if (messages.get(key) instanceof String message) {
            return message;
        }
        String spaced = name.replace('_', ' ').strip();
        return spaced.isEmpty() ? name : capitalized(spaced);
    }

    private static String capitalized(String text) {
        int second = text.offsetByCodePoints(0, 1);
        return text.substring(0, second).toUpperCase(Locale.ROOT) + text.substring(second);
    }
}
