package io.weekly.render.template;

import io.quarkus.qute.Evaluator;
import io.quarkus.qute.Expression;
import io.quarkus.qute.ResolutionContext;
import io.quarkus.qute.ResultNode;
import io.quarkus.qute.SectionBlock;
import io.quarkus.qute.SectionHelper.SectionResolutionContext;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateNode.Origin;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What {@link BoundedLoop} gives to Qute's loop: it counts the iterations, and checks what the loop goes through. */
record CountedSection(SectionResolutionContext section, TemplateLimits limits, Origin origin, int parts)
        implements SectionResolutionContext {

    /** Trap: Qute's loop calls this for each iteration, and with the block for {@code {#else}}. */
    @Override
    public CompletionStage<ResultNode> execute(@Nullable SectionBlock block, ResolutionContext context) {
        limits.iterate(parts, origin);
        return section.execute(block, context);
    }

    @Override
    public CompletionStage<ResultNode> execute(ResolutionContext context) {
        limits.iterate(parts, origin);
        return section.execute(context);
    }

    @Override
    public ResolutionContext resolutionContext() {
        return new CheckedElements(section.resolutionContext(), origin);
    }

    @Override
    public CompletionStage<Map<String, Object>> evaluate(Map<String, Expression> parameters) {
        return section.evaluate(parameters);
    }

    @Override
    public ResolutionContext newResolutionContext(Object data, Map<String, SectionBlock> extendingBlocks) {
        return section.newResolutionContext(data, extendingBlocks);
    }

    @Override
    public Map<String, Object> getParameters() {
        return section.getParameters();
    }

    /** Trap: Qute makes a list of as many places as a number says, before the first iteration. */
    private record CheckedElements(ResolutionContext context, Origin origin) implements ResolutionContext {
        @Override
        public CompletionStage<Object> evaluate(Expression expression) {
            return context.evaluate(expression).thenApply(elements -> {
                if (elements instanceof Number count && (count.doubleValue() > TemplateLimits.MAX_PARTS || count.doubleValue() < 0)) {
                    throw TemplateLimits.error("a loop goes through a number from 0 to %d, not through %s".formatted(
                            TemplateLimits.MAX_PARTS, count), origin);
                }
                return elements;
            });
        }

        @Override
        public CompletionStage<Object> evaluate(String expression) {
            return context.evaluate(expression);
        }

        @Override
        public ResolutionContext createChild(Object data, Map<String, SectionBlock> extendingBlocks) {
            return context.createChild(data, extendingBlocks);
        }

        @Override
        public Object getData() {
            return context.getData();
        }

        @Override
        public ResolutionContext getParent() {
            return context.getParent();
        }

        @Override
        public SectionBlock getExtendingBlock(String name) {
            return context.getExtendingBlock(name);
        }

        @Override
        public SectionBlock getCurrentExtendingBlock(String name) {
            return context.getCurrentExtendingBlock(name);
        }

        @Override
        public Object getAttribute(String key) {
            return context.getAttribute(key);
        }

        @Override
        public Template getTemplate() {
            return context.getTemplate();
        }

        @Override
        public Evaluator getEvaluator() {
            return context.getEvaluator();
        }
    }
}
