package io.weekly.render.chart;

import io.weekly.render.brand.Brand;
import io.weekly.render.template.ReportTemplate;
import io.weekly.render.text.Formats;
import io.weekly.render.text.ServiceMessages;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.openpdf.text.pdf.PdfDictionary;
import org.openpdf.text.pdf.PdfName;
import org.openpdf.text.pdf.PdfReader;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Composes charts through a template, and reads the SVG. */
public final class ChartMarkup {
    public static final List<String> KINDS = List.of("bars", "line", "lines", "trend", "stacked", "donut", "kpi", "sparkline");

    private ChartMarkup() {}

    public static String compose(String tag, List<Map<String, Object>> rows, Locale locale) {
        Map<String, String> messages = new HashMap<>(ServiceMessages.of(locale));
        messages.put("metric_revenue", "Net revenue");
        return ReportTemplate.parse("x/report.html", tag).compose(Map.of("rows", rows), messages, new Formats(locale), Brand.of("#0b5cad"));
    }

    public static List<String> texts(String svg) throws Exception {
        NodeList texts = parse(svg).getElementsByTagName("text");
        List<String> all = new ArrayList<>();
        for (int i = 0; i < texts.getLength(); i++) {
            all.add(texts.item(i).getTextContent());
        }
        return all;
    }

    public static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    public static double number(Element shape, String name) {
        return Double.parseDouble(shape.getAttribute(name));
    }

    /** The text alternatives of the drawings on the first page. */
    public static List<String> alternatives(PdfReader pdf) {
        PdfDictionary properties = pdf.getPageN(1).getAsDict(PdfName.RESOURCES).getAsDict(new PdfName("Properties"));
        return properties.getKeys().stream()
                .map(name -> properties.getAsDict((PdfName) name).getAsString(new PdfName("Alt")).toUnicodeString()).toList();
    }
}
