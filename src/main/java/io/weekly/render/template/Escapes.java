package io.weekly.render.template;

import io.quarkus.qute.Expression;
import io.quarkus.qute.RawString;
import io.quarkus.qute.ResultMapper;
import io.quarkus.qute.TemplateNode.Origin;
import io.quarkus.qute.Variant;
import io.weekly.render.text.DateTimeText;
import io.weekly.render.text.TextEscapes;
import java.time.LocalDateTime;

/**
 * Escapes every value of the data for the kind of file it goes into: markup, style sheet or plain text. A template cannot switch this
 * off: the engine has no {@code raw} and no {@code safe}. A DATETIME gets the form that it has in sheets.
 */
final class Escapes implements ResultMapper {
    @Override
    public boolean appliesTo(Origin origin, Object result) {
        return !(result instanceof RawString) && (result instanceof LocalDateTime || origin.getVariant().isPresent());
    }

    @Override
    public String map(Object result, Expression expression) {
        String text = DateTimeText.ofValue(result);
        if (text.length() > TemplateLimits.MAX_CHARACTERS) {
            throw TemplateLimits.tooLong(expression.getOrigin());
        }
        String escaped = switch (expression.getOrigin().getVariant().map(Variant::getContentType).orElse("")) {
            case ReportTemplate.CSS -> TextEscapes.style(text);
            case Variant.TEXT_PLAIN -> TextEscapes.plain(text);
            default -> TextEscapes.markup(text);
        };
        if (escaped.length() > TemplateLimits.MAX_CHARACTERS) {
            throw TemplateLimits.tooLong(expression.getOrigin());
        }
        return escaped;
    }
}
