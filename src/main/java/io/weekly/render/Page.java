package io.weekly.render;

import io.quarkus.qute.Engine;
import io.quarkus.qute.IfSectionHelper;
import io.quarkus.qute.LoopSectionHelper;
import io.quarkus.qute.RawString;
import io.quarkus.qute.SetSectionHelper;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.qute.ValueResolvers;
import io.quarkus.qute.Variant;
import io.quarkus.qute.WhenSectionHelper;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    private static final Engine ENGINE = Engine.builder()
            .addSectionHelpers(new IfSectionHelper.Factory(), new LoopSectionHelper.Factory(), new SetSectionHelper.Factory(),
                    new WhenSectionHelper.Factory(), new ChartSection.Factory())
            .addValueResolvers(ValueResolvers.mapResolver(), ValueResolvers.mapperResolver(), ValueResolvers.mapEntryResolver(),
                    ValueResolvers.collectionResolver(), ValueResolvers.listResolver(), ValueResolvers.thisResolver(),
                    ValueResolvers.orResolver(), ValueResolvers.trueResolver(), ValueResolvers.logicalAndResolver(),
                    ValueResolvers.logicalOrResolver(), ValueResolvers.orEmpty(), ValueResolvers.plusResolver(),
                    ValueResolvers.minusResolver(), ValueResolvers.modResolver(), ValueResolvers.equalsResolver(),
                    new TextResolvers(), new FormatResolvers(), new RowResolvers())
            .addResultMapper(new Escapes())
            .strictRendering(true)
            .build();

    private final String file;
    private final Template template;

    private Page(String file, Template template) {
        this.file = file;
        this.template = template;
    }

    /** {@code file} is {@code definition/name.ext}: it tells the kind, and is what an error names. */
    public static Page parse(String file, String text) {
        try {
            String template = kind(file).equals(CSS) ? StyleBraces.escaped(text) : text;
            return new Page(file, ENGINE.parse(template, Variant.forContentType(kind(file)), file));
        } catch (TemplateException e) {
            throw failure(file, e);
        }
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
        TemplateInstance instance = template.instance();
        data.forEach(instance::data);
        instance.data("m", messages).data("brand", brand.toData());
        instance.setAttribute(FormatResolvers.FORMATS, formats).setAttribute(FormatResolvers.MESSAGES, messages)
                .setAttribute(ChartSection.BRAND, brand);
        try {
            return instance.render();
        } catch (TemplateException e) {
            throw failure(file, e);
        } catch (RuntimeException e) {
            throw new RenderException(file, 0, "a value is not what the template takes it for: " + e.getMessage(), e);
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
        var message = e.getMessage() == null && e.getCause() != null ? e.getCause().toString() : String.valueOf(e.getMessage());
        var reason = message.strip().replaceFirst("^\\w+ error in template \\[[^\\]]*]:\\s*", "");
        return new RenderException(file, line, reason, e);
    }
}
