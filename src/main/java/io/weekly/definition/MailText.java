package io.weekly.definition;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.weekly.definition.DefinitionTemplates.MailTemplates;
import io.weekly.render.brand.Brand;
import io.weekly.render.brand.LogoImage;
import io.weekly.render.text.Formats;
import io.weekly.text.ControlCharacters;
import io.weekly.text.Ellipsis;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The mail of a report in the recipient's language: subject, HTML and plain text.
 *
 * @param linked the same with a link, for a mail that is too large with its files; null if there is none
 */
@RegisterForReflection // worker.ReportFiles stores it as JSON beside the report
public record MailText(String subject, String html, String text, List<Image> images, @Nullable Linked linked) {
    private static final int MAX_SUBJECT = 250;
    private static final String LOGO = "logo@weekly-reports";

    /** Mails that were stored before images existed have null for them. */
    public MailText {
        images = images == null ? List.of() : images;
    }

    /**
     * An image that the HTML shows by {@code cid:}. The image is part of the mail, because mail programs drop {@code data:} URIs and ask
     * the reader before they load images from a host. So a mail that is not sent yet also keeps its logo if the tenant deletes it.
     */
    @RegisterForReflection
    public record Image(String contentId, String type, byte[] bytes) {}

    /** The HTML and the text of the mail with a link, which say why the file is not attached. */
    @RegisterForReflection
    public record Linked(String html, String text) {}

    /** A mail without another version. */
    public MailText(String subject, String html, String text, List<Image> images) {
        this(subject, html, text, images, null);
    }

    /**
     * Fills the mail.
     *
     * @param figures as in {@link ReportPage#of}
     * @param link to the report; empty if the report is attached
     */
    public static MailText of(
            Definition definition, Map<String, List<Map<String, Object>>> figures, ReportFacts facts, Optional<URI> link) {
        return of(definition, definition.templates().mail(), figures, facts, link);
    }

    /** The short mail that replaces an empty report, with the definition's subject. */
    public static MailText note(Definition definition, Map<String, List<Map<String, Object>>> figures, ReportFacts facts) {
        return of(definition, definition.templates().note(), figures, facts, Optional.empty());
    }

    /** The same mail, which can be sent with this link instead of its files if it is too large with them. */
    public MailText withLinked(
            Definition definition, Map<String, List<Map<String, Object>>> figures, ReportFacts facts, URI link) {
        MailText other = of(definition, figures, facts, Optional.of(link));
        TooLargeNotice notice = TooLargeNotice.of(definition.messages(facts.locale()), link);
        return new MailText(subject, html, text, images, new Linked(notice.inHtml(other.html), notice.inText(other.text)));
    }

    /** The version with a link; empty if the mail was stored before there was one. */
    public Optional<MailText> asLinked() {
        return Optional.ofNullable(linked).map(other -> new MailText(subject, other.html, other.text, images));
    }

    private static MailText of(
            Definition definition, MailTemplates templates, Map<String, List<Map<String, Object>>> figures, ReportFacts facts,
            Optional<URI> link) {
        Map<String, Object> data = facts.toData(figures, definition.language(facts.locale()));
        data.put("parameters", definition.parameters());
        data.put("link", link.map(URI::toString).orElse(""));
        data.put("unsubscribe", facts.unsubscribe().map(URI::toString).orElse(""));
        Map<String, String> messages = definition.messages(facts.locale());
        Formats formats = new Formats(facts.locale());
        Optional<LogoImage> logo = facts.tenant().logo().filter(LogoImage::fitsMail);
        Brand brand = Brand.of(facts.tenant().color()).withMailLogo(logo.map(_ -> LOGO));
        // Trap: with a line break in the subject, data could add headers to the mail.
        String line = ControlCharacters.oneLine(definition.templates().subject(facts.locale()).compose(data, messages, formats, brand));
        String subject = Ellipsis.shorten(line, MAX_SUBJECT);
        // Templates use it as a heading. It is the only text that every definition has in the reader's language.
        data.put("subject", subject);
        String page = templates.html().compose(data, messages, formats, brand);
        return new MailText(
                subject,
                page,
                templates.text().compose(data, messages, formats, brand),
                logo.filter(image -> page.contains("cid:" + LOGO)).map(MailText::image).stream().toList());
    }

    /** The same mail with other text in the place of a placeholder. */
    public MailText with(String placeholder, String replacement) {
        return new MailText(
                subject.replace(placeholder, replacement), html.replace(placeholder, replacement), text.replace(placeholder, replacement),
                images);
    }

    private static Image image(LogoImage logo) {
        return new Image(LOGO, logo.mediaType(), logo.bytes());
    }

    /** The HTML for a browser, which does not know {@code cid:}: with {@code data:} URIs instead. */
    public String htmlForBrowser() {
        String shown = html;
        for (Image image : images) {
            shown = shown.replace("cid:" + image.contentId,
                    "data:" + image.type + ";base64," + Base64.getEncoder().encodeToString(image.bytes));
        }
        return shown;
    }
}
