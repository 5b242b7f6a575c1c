package io.weekly.render.template;

import io.quarkus.qute.CompletedStage;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.ValueResolver;
import io.weekly.text.Ellipsis;
import java.util.concurrent.CompletionStage;

/**
 * Shortens a text in a template: {@code {tenant.name.atMost(60)}} has at most 60 characters, and ends with "…" if it was longer. CSS 2.1
 * cannot do this: it can only hide the rest, and readers would not see that something is missing.
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
                String shortened = Ellipsis.shorten(context.getBase().toString(), number.intValue());
                TemplateLimits.of(context).build(shortened.length(), context.getParams().getFirst().getOrigin());
                return CompletedStage.of(shortened);
            }
            return CompletedStage.failure(TemplateException.builder()
                    .origin(context.getParams().getFirst().getOrigin())
                    .message("atMost takes a number of characters, not " + String.valueOf(length).replace("{", "{{"))
                    .build());
        });
    }
}
