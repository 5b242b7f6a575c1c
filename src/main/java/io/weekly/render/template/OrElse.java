package io.weekly.render.template;

import io.quarkus.qute.EvalContext;
import io.quarkus.qute.ValueResolver;
import io.quarkus.qute.ValueResolvers;
import io.weekly.render.text.Nothing;
import java.util.concurrent.CompletionStage;

/** Qute's {@code ?:} and {@code or}, for which a format of nothing is nothing too: {@code {row.n.figure ?: 'none'}}. */
final class OrElse implements ValueResolver {
    private final ValueResolver ofNull = ValueResolvers.orResolver();

    @Override
    public boolean appliesTo(EvalContext context) {
        return ofNull.appliesTo(context);
    }

    @Override
    public CompletionStage<Object> resolve(EvalContext context) {
        return context.getBase() == Nothing.DASH ? context.evaluate(context.getParams().getFirst()) : ofNull.resolve(context);
    }
}
