package io.weekly.render.template;

import io.quarkus.qute.Expression;
import io.quarkus.qute.RawString;
import io.quarkus.qute.ResultMapper;
import io.quarkus.qute.TemplateNode.Origin;
import io.quarkus.qute.Variant;
import io.weekly.render.text.TextEscapes;

/**
 * Every value that goes into a page is escaped by what the page is: mark-up, style or plain text. There is no way around it in a
 * template ({@code raw} and {@code safe} are left out of our engine). Trap: XML 1.0 has no place at all for NUL and its like, not even
 * as an entity; they become U+FFFD.
 */
public final class Escapes implements ResultMapper {
    @Override
    public boolean appliesTo(Origin origin, Object result) {
        return !(result instanceof RawString) && origin.getVariant().isPresent() && !plain(origin.getVariant().get());
    }

    @Override
    public String map(Object result, Expression expression) {
        boolean style = expression.getOrigin().getVariant().get().getContentType().equals(Page.CSS);
        return style ? TextEscapes.style(result.toString()) : TextEscapes.markup(result.toString());
    }

    private static boolean plain(Variant variant) {
        return variant.getContentType().equals(Variant.TEXT_PLAIN);
    }
}
