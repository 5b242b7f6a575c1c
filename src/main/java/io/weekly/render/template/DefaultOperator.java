package io.weekly.render.template;

import io.quarkus.qute.EvalContext;
import io.quarkus.qute.ValueResolver;
import io.quarkus.qute.ValueResolvers;
import io.weekly.render.text.MissingValue;
import java.util.concurrent.CompletionStage;

/** Makes Qute's operators {@code ?:} and {@code or} replace a formatted NULL too: {@code {row.n.figure ?: 'none'}}. */
final class DefaultOperator implements ValueResolver {
    private final ValueResolver resolver = ValueResolvers.orResolver();

    @Override
    public boolean appliesTo(EvalContext context) {
        return resolver.appliesTo(context);
    }

    @Override
    public CompletionStage<Object> resolve(EvalContext context) {
        return context.getBase() == MissingValue.DASH ? context.evaluate(context.getParams().getFirst()) : resolver.resolve(context);
    }
}
