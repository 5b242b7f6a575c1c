package io.weekly.definition;

import io.weekly.render.brand.Brand;
import io.weekly.render.text.Formats;
import java.util.List;
import java.util.Map;

/** Fills the page of a definition: the XHTML of one recipient's report. */
public final class ReportPage {
    private ReportPage() {}

    /**
     * Fills report.html and report.css.
     *
     * @param figures dataset name → rows. A row maps the column name in lower case to a Long, BigDecimal, String, LocalDate,
     *     LocalDateTime or null
     * @throws io.weekly.render.RenderException with file and line, if a template asks for something that the figures do not have
     */
    public static String of(Definition definition, Map<String, List<Map<String, Object>>> figures, ReportFacts facts) {
        Map<String, Object> data = facts.toData(figures, definition.language(facts.locale()));
        data.put("parameters", definition.parameters());
        Map<String, String> messages = definition.messages(facts.locale());
        Formats formats = new Formats(facts.locale());
        Brand brand = Brand.of(facts.tenant().color()).withLogo(facts.tenant().logo());
        DefinitionTemplates templates = definition.templates();
        data.put("css", templates.style().composeStyle(data, messages, formats, brand));
        return templates.page().compose(data, messages, formats, brand);
    }
}
