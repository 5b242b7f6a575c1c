package io.weekly.render.template;

import io.quarkus.qute.Expression;
import io.quarkus.qute.RawString;
import io.quarkus.qute.ResultMapper;
import io.quarkus.qute.TemplateNode.Origin;
import io.quarkus.qute.Variant;
import io.weekly.render.text.TextEscapes;
import java.util.Optional;

/**
 * Escapes every value of the data for the kind of file it goes into: markup, style sheet or plain text. A template cannot switch this
 * off: the engine has no {@code raw} and no {@code safe}.
 */
final class Escapes implements ResultMapper {
    @Override
    public boolean appliesTo(Origin origin, Object result) {
        return !(result instanceof RawString)
                && origin.getVariant().filter(variant -> !variant.getContentType().equals(Variant.TEXT_PLAIN)).isPresent();
    }

    @Override
    public String map(Object result, Expression expression) {
        boolean style = expression.getOrigin().getVariant().map(Variant::getContentType).equals(Optional.of(ReportTemplate.CSS));
        return style ? TextEscapes.style(result.toString()) : TextEscapes.markup(result.toString());
    }
}
