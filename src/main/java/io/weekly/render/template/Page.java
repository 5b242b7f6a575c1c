package io.weekly.render.template;

import io.quarkus.qute.Engine;
import io.quarkus.qute.EngineBuilder;
import io.quarkus.qute.IfSectionHelper;
import io.quarkus.qute.LoopSectionHelper;
import io.quarkus.qute.RawString;
import io.quarkus.qute.SetSectionHelper;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.TemplateNode.Origin;
import io.quarkus.qute.ValueResolvers;
import io.quarkus.qute.Variant;
import io.quarkus.qute.WhenSectionHelper;
import io.quarkus.qute.trace.ResolveEvent;
import io.quarkus.qute.trace.TraceListener;
import io.weekly.render.RenderException;
import io.weekly.render.brand.Brand;
import io.weekly.render.text.Formats;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * One Qute template of a definition: parsed once, composed for every recipient, by many threads at once. What it is shown are maps,
 * lists, texts, numbers and days; each value is escaped by the kind of file ({@code .html}, {@code .css}, else plain text).
 *
 * <p>Traps: an engine of our own, since Quarkus' takes templates at build time only and definitions come later; strict, so that a
 * misspelt column is an error with a line and not an empty cell; no reflection, which a native image would not have; no {@code raw}
 * and no {@code include}, so that neither markup nor files get in from the data.
 */
public final class Page {
    static final String CSS = "text/css";
    private static final Engine ENGINE = engine().build();

    private final String file;
    private final String text;
    private final Template template;

    private Page(String file, String text, Template template) {
        this.file = file;
        this.text = text;
        this.template = template;
    }

    private static EngineBuilder engine() {
        return Engine.builder()
                .addSectionHelpers(new IfSectionHelper.Factory(), new LoopSectionHelper.Factory(), new SetSectionHelper.Factory(),
                        new WhenSectionHelper.Factory(), new ChartSection.Factory())
                .addValueResolvers(ValueResolvers.mapResolver(), ValueResolvers.mapperResolver(), ValueResolvers.mapEntryResolver(),
                        ValueResolvers.collectionResolver(), ValueResolvers.listResolver(), ValueResolvers.thisResolver(),
                        new OrElse(), ValueResolvers.trueResolver(), ValueResolvers.logicalAndResolver(),
                        ValueResolvers.logicalOrResolver(), ValueResolvers.orEmpty(), ValueResolvers.plusResolver(),
                        ValueResolvers.minusResolver(), ValueResolvers.modResolver(), ValueResolvers.equalsResolver(),
                        new TextResolvers(), new FormatResolvers(), new RowResolvers())
                .addResultMapper(new Escapes())
                .strictRendering(true);
    }

    /** {@code file} is {@code definition/name.ext}: it tells the kind, and is what an error names. */
    public static Page parse(String file, String text) {
        try {
            String template = kind(file).equals(CSS) ? StyleBraces.escaped(text) : text;
            return new Page(file, template, parse(ENGINE, file, template));
        } catch (TemplateException e) {
            throw failure(file, e);
        }
    }

    private static Template parse(Engine engine, String file, String text) {
        return engine.parse(text, Variant.forContentType(kind(file)), file);
    }

    /** Whether any expression of this template begins with {@code name}. */
    public boolean uses(String name) {
        return names().contains(name);
    }

    /** Every name that this template asks its data for, in the order of its lines. */
    public List<Asked> asked() {
        return Asked.of(template.getNodes());
    }

    /**
     * The text for one reader. {@code messages} are given to the template as {@code m}, the shades of the brand as {@code brand}.
     *
     * @throws RenderException naming file and line, where the template asks for something that is not there
     */
    public String compose(Map<String, ?> data, Map<String, String> messages, Formats formats, Brand brand) {
        UnaryOperator<TemplateInstance> filled = instance -> fill(instance, data, messages, formats, brand);
        try {
            return filled.apply(template.instance()).render();
        } catch (RuntimeException e) {
            RenderException failure = e instanceof TemplateException told
                    ? failure(file, told)
                    : new RenderException(file, 0, reason(e), e);
            throw failure.line().isPresent() ? failure : new RenderException(file, lineOf(filled), failure.reason(), e);
        }
    }

    private static String reason(Throwable unforeseen) {
        return unforeseen instanceof IndexOutOfBoundsException
                ? "it asks for a row that is not there: " + unforeseen.getMessage()
                : "a value is not what the template takes it for: " + unforeseen.getMessage();
    }

    private static TemplateInstance fill(
            TemplateInstance instance, Map<String, ?> data, Map<String, String> messages, Formats formats, Brand brand) {
        data.forEach(instance::data);
        instance.data("m", messages).data("brand", brand.toData());
        return instance.setAttribute(FormatResolvers.FORMATS, formats).setAttribute(FormatResolvers.MESSAGES, messages)
                .setAttribute(ChartSection.BRAND, brand);
    }

    /**
     * Where a failure is that does not say where: it is composed once more, and fails again, with somebody who hears of each node. Qute
     * tells a resolver the place of its parameters only, and watching every page would slow all of them down.
     */
    private int lineOf(UnaryOperator<TemplateInstance> filled) {
        Engine watched = engine().enableTracing(true).build();
        AtomicReference<Origin> failed = new AtomicReference<>();
        AtomicReference<Origin> begun = new AtomicReference<>();
        watched.addTraceListener(new TraceListener() {
            @Override
            public void onBeforeResolve(ResolveEvent event) {
                begun.set(event.getTemplateNode().getOrigin());
            }

            @Override
            public void onAfterResolve(ResolveEvent event) {
                if (event.getError() != null) {
                    failed.compareAndSet(null, event.getTemplateNode().getOrigin());
                }
            }
        });
        try {
            filled.apply(parse(watched, file, text).instance()).render();
            return 0;
        } catch (RuntimeException again) {
            // What is thrown at once ends everything; what is handed on as a failure does not, the first is the one that is told.
            Origin origin = failed.get() == null ? begun.get() : failed.get();
            return origin == null ? 0 : origin.getLine();
        }
    }

    /** A composed style sheet, ready to stand inside {@code <style>}: the one text that is not escaped again. */
    public Object composeStyle(Map<String, ?> data, Map<String, String> messages, Formats formats, Brand brand) {
        return new RawString(compose(data, messages, formats, brand).replace("&", "\\26 ").replace("<", "\\3c "));
    }

    private Set<String> names() {
        Set<String> names = new HashSet<>();
        template.getExpressions().forEach(expression -> {
            names.add(expression.getParts().getFirst().getName());
            expression.getParts().stream().filter(part -> part.isVirtualMethod())
                    .flatMap(part -> part.asVirtualMethod().getParameters().stream())
                    .forEach(parameter -> names.add(parameter.getParts().getFirst().getName()));
        });
        return names;
    }

    private static String kind(String file) {
        if (file.endsWith(".html")) {
            return Variant.TEXT_HTML;
        }
        return file.endsWith(".css") ? CSS : Variant.TEXT_PLAIN;
    }

    private static RenderException failure(String file, TemplateException e) {
        int line = e.getOrigin() == null ? 0 : e.getOrigin().getLine();
        // Qute begins with the place, which stands before the reason already.
        var message = e.getMessage() == null && e.getCause() != null ? reason(e.getCause()) : String.valueOf(e.getMessage());
        var reason = message.strip().replaceFirst("^\\w+ error in template \\[[^\\]]*]:\\s*", "")
                .replace("on the base object \"null\"", "of NULL (?: says what stands in its place)");
        return new RenderException(file, line, reason, e);
    }
}
