package io.weekly.render.template;

import io.quarkus.qute.LoopSectionHelper;
import io.quarkus.qute.ResultNode;
import io.quarkus.qute.Scope;
import io.quarkus.qute.SectionBlock;
import io.quarkus.qute.SectionHelper;
import io.quarkus.qute.SectionHelperFactory;
import io.quarkus.qute.TemplateNode;
import io.quarkus.qute.TemplateNode.Origin;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Qute's loop within the {@link TemplateLimits}: each of its iterations counts, with all parts of its body. */
final class BoundedLoop implements SectionHelper {
    private final LoopSectionHelper loop;
    private final Origin origin;
    private final int parts;

    private BoundedLoop(LoopSectionHelper loop, SectionBlock body) {
        this.loop = loop;
        this.origin = body.origin;
        this.parts = 1 + parts(body.nodes);
    }

    /** A loop within the body counts its own iterations. */
    private static int parts(List<TemplateNode> nodes) {
        int parts = nodes.size();
        for (TemplateNode node : nodes) {
            if (node.isSection() && !(node.asSection().getHelper() instanceof BoundedLoop)) {
                parts += node.asSection().getBlocks().stream().mapToInt(block -> parts(block.nodes)).sum();
            }
        }
        return parts;
    }

    @Override
    public CompletionStage<ResultNode> resolve(SectionResolutionContext context) {
        TemplateLimits limits = TemplateLimits.of(context.resolutionContext());
        return loop.resolve(new CountedSection(context, limits, origin, parts)).thenApply(result -> new ResultNode() {
            @Override
            public void process(Consumer<String> out) {
                Origin outer = limits.enter(origin);
                result.process(out);
                limits.enter(outer);
            }
        });
    }

    /** Parses the tag as Qute does. */
    static final class Factory implements SectionHelperFactory<BoundedLoop> {
        private final LoopSectionHelper.Factory loops = new LoopSectionHelper.Factory();

        @Override
        public List<String> getDefaultAliases() {
            return loops.getDefaultAliases();
        }

        @Override
        public ParametersInfo getParameters() {
            return loops.getParameters();
        }

        @Override
        public List<String> getBlockLabels() {
            return loops.getBlockLabels();
        }

        @Override
        public Scope initializeBlock(Scope outer, BlockInfo block) {
            return loops.initializeBlock(outer, block);
        }

        @Override
        public BoundedLoop initialize(SectionInitContext context) {
            return new BoundedLoop(loops.initialize(context), context.getBlocks().getFirst());
        }
    }
}
