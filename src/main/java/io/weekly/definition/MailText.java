package io.weekly.definition;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.weekly.render.brand.Brand;
import io.weekly.render.brand.LogoImage;
import io.weekly.render.template.ReportTemplate;
import io.weekly.render.text.Formats;
import io.weekly.text.Ellipsis;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The mail that takes a report to its reader, in the reader's language: subject, HTML and plain text. */
@RegisterForReflection // stored as JSON beside the report, which nothing but worker.ReportFiles does
public record MailText(String subject, String html, String text, List<Image> images) {
    private static final int LONGEST_SUBJECT = 250;
    private static final String LOGO = "logo@weekly-reports";

    /** As it is stored; a mail that was composed before there were images has none. */
    public MailText {
        images = images == null ? List.of() : images;
    }

    /**
     * An image that the HTML shows by {@code cid:}. It lies in the mail: programs drop {@code data:} URIs, ask before they load
     * from a host, and a logo that is deleted meanwhile must not tear a hole into a mail that waits.
     */
    @RegisterForReflection
    public record Image(String contentId, String type, byte[] bytes) {}

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
            Definition definition, ReportTemplate html, ReportTemplate text, Map<String, List<Map<String, Object>>> figures, ReportFacts facts,
            Optional<URI> link) {
        Map<String, Object> data = facts.toData(figures, definition.language(facts.locale()));
        data.put("parameters", definition.parameters());
        data.put("link", link.map(URI::toString).orElse(""));
        Map<String, String> messages = definition.messages(facts.locale());
        Formats formats = new Formats(facts.locale());
        Optional<LogoImage> logo = facts.tenant().logo().filter(LogoImage::fitsMail);
        Brand brand = Brand.of(facts.tenant().color()).withMailLogo(logo.map(image -> LOGO));
        String subject = oneLine(definition.subject(facts.locale()).compose(data, messages, formats, brand));
        // A heading in the reader's language, which of a definition's texts nothing else is sure to be.
        data.put("subject", subject);
        String page = html.compose(data, messages, formats, brand);
        return new MailText(
                subject,
                page,
                text.compose(data, messages, formats, brand),
                logo.filter(image -> page.contains("cid:" + LOGO)).map(MailText::image).stream().toList());
    }

    private static Image image(LogoImage logo) {
        return new Image(LOGO, logo.mediaType(), logo.bytes());
    }

    /** The HTML as a browser shows it, which knows no {@code cid:}. */
    public String htmlForBrowser() {
        String shown = html;
        for (Image image : images) {
            shown = shown.replace("cid:" + image.contentId,
                    "data:" + image.type + ";base64," + Base64.getEncoder().encodeToString(image.bytes));
        }
        return shown;
    }

    /** Trap: a line break in a subject would begin a header of somebody else's choice. Nobody reads more of one than this. */
    private static String oneLine(String subject) {
        return Ellipsis.shorten(subject.replaceAll("[\\p{Cntrl}\\s\\u2028\\u2029]+", " ").strip(), LONGEST_SUBJECT);
    }
}
