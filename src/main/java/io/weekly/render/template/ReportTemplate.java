package io.weekly.render.template;

import io.quarkus.qute.Engine;
import io.quarkus.qute.EngineBuilder;
import io.quarkus.qute.IfSectionHelper;
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
import io.weekly.render.RenderStopped;
import io.weekly.render.brand.Brand;
import io.weekly.render.text.Formats;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One Qute template of a definition. It is parsed once and composed for every recipient, by several threads at the same time. Its data
 * are maps, lists, texts, numbers and days. Every value is escaped for the kind of file ({@code .html}, {@code .css}, else plain text).
 *
 * <p>This class builds its own Qute engine. Quarkus' engine knows only the templates of the build, but definitions are loaded at run time.
 * The engine is strict, so a misspelt column is an error with a line, not an empty cell. It uses no reflection, because that fails in a
 * native image. It has neither {@code raw} nor {@code include}, so data cannot add markup or files.
 * {@link TemplateLimits} bounds what a template uses.
 */
public final class ReportTemplate {
    static final String CSS = "text/css";
    private static final Set<String> LOGOS = Set.of("logo", "logoCid");
    private static final Engine ENGINE = engine().build();

    private final String file;
    private final String text;
    private final Template template;
    private final boolean showsLogo;

    private ReportTemplate(String file, String text, Template template) {
        this.file = file;
        this.text = text;
        this.template = template;
        this.showsLogo = references().stream()
                .anyMatch(reference -> reference.name().equals("brand") && reference.part().filter(LOGOS::contains).isPresent());
    }

    private static EngineBuilder engine() {
        return Engine.builder()
                .addSectionHelpers(new IfSectionHelper.Factory(), new BoundedLoop.Factory(), new SetSectionHelper.Factory(),
                        new WhenSectionHelper.Factory(), new ChartSection.Factory())
                .addValueResolvers(ValueResolvers.mapResolver(), ValueResolvers.mapperResolver(), ValueResolvers.mapEntryResolver(),
                        ValueResolvers.collectionResolver(), ValueResolvers.listResolver(), ValueResolvers.thisResolver(),
                        new DefaultOperator(), ValueResolvers.trueResolver(), ValueResolvers.logicalAndResolver(),
                        ValueResolvers.logicalOrResolver(), ValueResolvers.orEmpty(), ValueResolvers.plusResolver(),
                        ValueResolvers.minusResolver(), ValueResolvers.modResolver(), ValueResolvers.equalsResolver(),
                        new TextResolvers(), new FormatResolvers(), new RowResolvers())
                .addResultMapper(new Escapes())
                .strictRendering(true);
    }

    /**
     * Parses a template. {@code file} is {@code definition/name.ext}; its extension decides on the escapes, and errors name it.
     *
     * @throws RenderException if the template has a mistake, with its line
     */
    public static ReportTemplate parse(String file, String text) {
        try {
            String template = kind(file).equals(CSS) ? StyleBraces.escaped(text) : text;
            Template parsed = parse(ENGINE, file, template);
            TemplateLimits.checkDepth(parsed.getNodes());
            return new ReportTemplate(file, template, parsed);
        } catch (TemplateException e) {
            throw failure(file, e);
        } catch (StackOverflowError e) {
            throw tooDeep(file, e);
        }
    }

    private static Template parse(Engine engine, String file, String text) {
        return engine.parse(text, Variant.forContentType(kind(file)), file);
    }

    /** Whether an expression of this template starts with {@code name}. */
    public boolean uses(String name) {
        return names().contains(name);
    }

    /** Whether this template has a place for the tenant's logo. */
    public boolean showsLogo() {
        return showsLogo;
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

    /** Every reference to the data, in the order of the lines. */
    public List<DataReference> references() {
        return DataReference.of(template.getNodes());
    }

    /**
     * Composes the text for one reader. The template sees {@code messages} as {@code m} and the colours of the brand as {@code brand}.
     *
     * @throws RenderException with file and line, if the template uses something that the data do not have
     */
    public String compose(Map<String, ? extends @Nullable Object> data, Map<String, String> messages, Formats formats, Brand brand) {
        UnaryOperator<TemplateInstance> filled = instance -> fill(instance, data, messages, formats, brand);
        try {
            return write(filled.apply(template.instance()));
        } catch (StackOverflowError e) {
            throw tooDeep(file, e);
        } catch (TemplateLimits.ExceededSomewhere e) {
            throw new RenderException(file, 0, String.valueOf(e.getMessage()), e);
        } catch (RenderStopped e) {
            throw e;
        } catch (RuntimeException e) {
            RenderException failure = e instanceof TemplateException inTemplate
                    ? failure(file, inTemplate)
                    : new RenderException(file, 0, reason(e), e);
            throw failure.line().isPresent() ? failure : new RenderException(file, lineOf(filled), failure.reason(), e);
        }
    }

    /** Everything happens on this thread, because the data are all there. */
    private String write(TemplateInstance filled) {
        TemplateLimits limits = new TemplateLimits(kind(file).equals(Variant.TEXT_HTML));
        filled.setAttribute(TemplateLimits.ATTRIBUTE, limits);
        try {
            filled.consume(limits::write).toCompletableFuture().join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
        return limits.page();
    }

    private static RenderException tooDeep(String file, StackOverflowError e) {
        return new RenderException(file, 0, "its sections or expressions are nested too deeply", e);
    }

    private static String reason(Throwable failure) {
        return failure instanceof IndexOutOfBoundsException
                ? "it uses a row that does not exist: " + failure.getMessage()
                : "a value does not have the type that the template expects: " + failure.getMessage();
    }

    private static TemplateInstance fill(
            TemplateInstance instance, Map<String, ? extends @Nullable Object> data, Map<String, String> messages, Formats formats,
            Brand brand) {
        data.forEach(instance::data);
        instance.data("m", messages).data("brand", brand.toData());
        return instance.setAttribute(FormatResolvers.FORMATS, formats).setAttribute(FormatResolvers.MESSAGES, messages)
                .setAttribute(ChartSection.BRAND, brand);
    }

    /**
     * The line of a failure that does not name its line; 0 if it cannot be found. The page is composed again with tracing, and fails again.
     * This is the only way: Qute tells a resolver the line of its parameters only, and tracing every page would slow down all of them.
     */
    private int lineOf(UnaryOperator<TemplateInstance> filled) {
        Engine traced = engine().enableTracing(true).build();
        AtomicReference<@Nullable Origin> failed = new AtomicReference<>();
        AtomicReference<@Nullable Origin> started = new AtomicReference<>();
        traced.addTraceListener(new TraceListener() {
            @Override
            public void onBeforeResolve(ResolveEvent event) {
                started.set(event.getTemplateNode().getOrigin());
            }

            @Override
            public void onAfterResolve(ResolveEvent event) {
                if (event.getError() != null) {
                    failed.compareAndSet(null, event.getTemplateNode().getOrigin());
                }
            }
        });
        try {
            write(filled.apply(parse(traced, file, text).instance()));
            return 0;
        } catch (RuntimeException _) {
            // A node that throws ends the rendering, so it is the last one started. A failed stage does not; then the first failure counts.
            Origin failedAt = failed.get();
            Origin origin = failedAt == null ? started.get() : failedAt;
            return origin == null ? 0 : origin.getLine();
        }
    }

    /** A composed style sheet for {@code <style>}. A page that includes it does not escape it again. */
    public Object composeStyle(Map<String, ? extends @Nullable Object> data, Map<String, String> messages, Formats formats, Brand brand) {
        return new RawString(compose(data, messages, formats, brand).replace("&", "\\26 ").replace("<", "\\3c "));
    }

    private static String kind(String file) {
        if (file.endsWith(".html")) {
            return Variant.TEXT_HTML;
        }
        return file.endsWith(".css") ? CSS : Variant.TEXT_PLAIN;
    }

    private static RenderException failure(String file, TemplateException e) {
        int line = e.getOrigin() == null ? 0 : e.getOrigin().getLine();
        // Qute's message starts with the file and line, which our message has already.
        var message = e.getMessage() == null && e.getCause() != null ? reason(e.getCause()) : String.valueOf(e.getMessage());
        var reason = message.strip().replaceFirst("^\\w+ error in template \\[[^\\]]*]:\\s*", "")
                .replace("on the base object \"null\"", "of NULL (?: gives a value for NULL)");
        return new RenderException(file, line, reason, e);
    }
}
