package io.weekly.definition;

import io.weekly.render.brand.Brand;
import io.weekly.render.text.Formats;
import java.util.List;
import java.util.Map;

/** A definition and its figures become the XHTML of one recipient's report. */
public final class ReportPage {
    private ReportPage() {}

    /**
     * {@code figures}: dataset name → rows, each a map of column name (lower case) → Long, BigDecimal, String, LocalDate, LocalDateTime
     * or null.
     *
     * @throws io.weekly.render.RenderException naming file and line, where the template asks for what the figures do not have
     */
    public static String of(Definition definition, Map<String, List<Map<String, Object>>> figures, ReportFacts facts) {
        Map<String, Object> data = facts.toData(figures, definition.language(facts.locale()));
        data.put("parameters", definition.parameters());
        Map<String, String> messages = definition.messages(facts.locale());
        Formats formats = new Formats(facts.locale());
        Brand brand = Brand.of(facts.tenant().color()).withLogo(facts.tenant().logo());
        data.put("css", definition.style().composeStyle(data, messages, formats, brand));
        return definition.report().compose(data, messages, formats, brand);
    }
}
