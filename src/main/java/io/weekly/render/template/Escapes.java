package io.weekly.render.template;

import io.quarkus.qute.Expression;
import io.quarkus.qute.RawString;
import io.quarkus.qute.ResultMapper;
import io.quarkus.qute.TemplateNode.Origin;
import io.quarkus.qute.Variant;
import io.weekly.render.text.DateTimeText;
import io.weekly.render.text.TextEscapes;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * Escapes every value of the data for the kind of file it goes into: markup, style sheet or plain text. A template cannot switch this
 * off: the engine has no {@code raw} and no {@code safe}. A DATETIME gets the form that it has in sheets.
 */
final class Escapes implements ResultMapper {
    @Override
    public boolean appliesTo(Origin origin, Object result) {
        return !(result instanceof RawString) && (result instanceof LocalDateTime || !isPlain(origin.getVariant()));
    }

    private static boolean isPlain(Optional<Variant> variant) {
        return variant.map(Variant::getContentType).filter(type -> !type.equals(Variant.TEXT_PLAIN)).isEmpty();
    }

    @Override
    public String map(Object result, Expression expression) {
        String text = DateTimeText.ofValue(result);
        Optional<Variant> variant = expression.getOrigin().getVariant();
        if (isPlain(variant)) {
            return text;
        }
        boolean style = variant.map(Variant::getContentType).equals(Optional.of(ReportTemplate.CSS));
        return style ? TextEscapes.style(text) : TextEscapes.markup(text);
    }
}
