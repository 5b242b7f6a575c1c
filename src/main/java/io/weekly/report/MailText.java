package io.weekly.report;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.weekly.render.Brand;
import io.weekly.render.Formats;
import io.weekly.render.Page;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The mail that takes a report to its reader, in the reader's language: subject, HTML and plain text. */
@RegisterForReflection // stored as JSON beside the report, which nothing but worker.ReportFiles does
public record MailText(String subject, String html, String text) {
    /** With the same figures as {@link ReportPage#of}. {@code link} leads to the report; without one it is attached. */
    public static MailText of(
            Definition definition, Map<String, List<Map<String, Object>>> figures, ReportFacts facts, Optional<URI> link) {
        return of(definition, definition.mailHtml(), definition.mailText(), figures, facts, link);
    }

    /** The short mail of a report that has nothing to say: the definition's note, or the service's own, under the definition's subject. */
    public static MailText note(Definition definition, Map<String, List<Map<String, Object>>> figures, ReportFacts facts) {
        return of(definition, definition.noteHtml(), definition.noteText(), figures, facts, Optional.empty());
    }

    private static MailText of(
            Definition definition, Page html, Page text, Map<String, List<Map<String, Object>>> figures, ReportFacts facts,
            Optional<URI> link) {
        Map<String, Object> data = facts.toData(figures);
        data.put("link", link.map(URI::toString).orElse(""));
        Map<String, String> messages = definition.messages(facts.locale());
        Formats formats = new Formats(facts.locale());
        Brand brand = Brand.of(facts.tenant().color());
        String subject = oneLine(definition.subject(facts.locale()).compose(data, messages, formats, brand));
        // A heading in the reader's language, which of a definition's texts nothing else is sure to be.
        data.put("subject", subject);
        return new MailText(subject, html.compose(data, messages, formats, brand), text.compose(data, messages, formats, brand));
    }

    /** Trap: a line break in a subject would begin a header of somebody else's choice. */
    private static String oneLine(String subject) {
        return subject.replaceAll("[\\p{Cntrl}\\s\\u2028\\u2029]+", " ").strip();
    }
}
