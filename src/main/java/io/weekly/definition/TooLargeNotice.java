package io.weekly.definition;

import static java.util.Objects.requireNonNull;

import io.weekly.render.text.TextEscapes;
import java.net.URI;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in a mail that the file is too large to be attached, and has the link if the mail does not have it. The service adds it, so it also
 * works for definitions that have no text about it.
 *
 * @param text in the reader's language
 * @param open the words of the link
 */
record TooLargeNotice(String text, String open, URI link) {

    private static final Pattern BODY = Pattern.compile("(?i)<body\\b[^>]{0,5000}>");

    /** @param messages with those of the service */
    static TooLargeNotice of(Map<String, String> messages, URI link) {
        return new TooLargeNotice(requireNonNull(messages.get("mail_too_large")), requireNonNull(messages.get("mail_link")), link);
    }

    /** At the beginning of the body. */
    String inHtml(String html) {
        var linked = html.contains(link.toString())
                ? ""
                : " <a href=\"%s\">%s</a>".formatted(TextEscapes.markup(link.toString()), TextEscapes.markup(open));
        // As wide as the text of the built-in mails, which it stands above.
        var paragraph = ("<p style=\"font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:21px;"
                        + "max-width:544px;margin:16px auto 0;padding:0 28px;\">%s%s</p>")
                .formatted(TextEscapes.markup(text), linked);
        var body = BODY.matcher(html);
        return body.find() ? body.replaceFirst(Matcher.quoteReplacement(body.group() + paragraph)) : paragraph + html;
    }

    /** Before the text. */
    String inText(String mail) {
        return text + "\n" + (mail.contains(link.toString()) ? "" : open + ": " + link + "\n") + "\n" + mail;
    }
}
