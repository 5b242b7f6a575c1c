package io.weekly.render;

import io.quarkus.qute.Expression;
import io.quarkus.qute.RawString;
import io.quarkus.qute.ResultMapper;
import io.quarkus.qute.TemplateNode.Origin;
import io.quarkus.qute.Variant;

/**
 * Every value that goes into a page is escaped by what the page is: mark-up, style or plain text. There is no way around it in a
 * template ({@code raw} and {@code safe} are left out of our engine). Trap: XML 1.0 has no place at all for NUL and its like, not even
 * as an entity; they become U+FFFD.
 */
final class Escapes implements ResultMapper {
    @Override
    public boolean appliesTo(Origin origin, Object result) {
        return !(result instanceof RawString) && origin.getVariant().isPresent() && !plain(origin.getVariant().get());
    }

    @Override
    public String map(Object result, Expression expression) {
        boolean style = expression.getOrigin().getVariant().get().getContentType().equals(Page.CSS);
        return style ? style(result.toString()) : markup(result.toString());
    }

    private static boolean plain(Variant variant) {
        return variant.getContentType().equals(Variant.TEXT_PLAIN);
    }

    static String markup(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(legal(c) ? c : 0xFFFD);
            }
        });
        return safe.toString();
    }

    /** A value in a style sheet: what is not plainly part of a name, number or colour becomes an escape. */
    static String style(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) && legal(c) || "#.%-_ ".indexOf(c) >= 0) {
                safe.appendCodePoint(c);
            } else {
                safe.append('\\').append(Integer.toHexString(legal(c) ? c : 0xFFFD)).append(' ');
            }
        });
        return safe.toString();
    }

    private static boolean legal(int c) {
        return c == '\t' || c == '\n' || c == '\r' || c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000;
    }
}
