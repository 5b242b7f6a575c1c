package io.weekly.render.template;

import io.quarkus.qute.CompletedStage;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.ValueResolver;
import io.weekly.text.Ellipsis;
import java.util.concurrent.CompletionStage;

/**
 * What a template may ask of a text that has to fit: {@code {tenant.name.atMost(60)}} is the text, or as many of its characters, the last
 * of which is then a "…", so that it is seen to be cut (CSS 2.1 hides what is too long and says nothing).
 */
final class TextResolvers implements ValueResolver {
    @Override
    public boolean appliesTo(EvalContext context) {
        return context.getBase() instanceof String && context.getName().equals("atMost") && context.getParams().size() == 1;
    }

    @Override
    public CompletionStage<Object> resolve(EvalContext context) {
        return context.evaluate(context.getParams().getFirst()).thenCompose(length -> {
            if (length instanceof Number number && number.intValue() > 0) {
                return CompletedStage.of(Ellipsis.shorten(context.getBase().toString(), number.intValue()));
            }
            return CompletedStage.failure(TemplateException.builder()
                    .origin(context.getParams().getFirst().getOrigin())
                    .message("atMost takes a number of characters, not " + String.valueOf(length).replace("{", "{{"))
                    .build());
        });
    }
}
