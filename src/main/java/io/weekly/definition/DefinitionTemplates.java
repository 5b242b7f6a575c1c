package io.weekly.definition;

import io.weekly.render.template.ReportTemplate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The templates of a definition, parsed.
 *
 * @param page report.html
 * @param style report.css
 * @param subjects of the mail, by language tag. The tag {@code ""} stands for a subject without a language
 * @param mail mail.html and mail.txt
 * @param note the mail that is sent instead of an empty report: note.html and note.txt, or the built-in ones
 */
public record DefinitionTemplates(
        ReportTemplate page, ReportTemplate style, Map<String, ReportTemplate> subjects, MailTemplates mail, MailTemplates note) {

    /** The two bodies of one mail. */
    public record MailTemplates(ReportTemplate html, ReportTemplate text) {}

    /** The subject for a reader of this language. Other languages use the subject without a language, then {@code en}, then the first. */
    ReportTemplate subject(Locale locale) {
        for (String tag : List.of(locale.toLanguageTag(), locale.getLanguage(), "", "en")) {
            ReportTemplate subject = subjects.get(tag);
            if (subject != null) {
                return subject;
            }
        }
        return subjects.values().iterator().next();
    }

    List<ReportTemplate> all() {
        return Stream.concat(Stream.of(page, style, mail.html(), mail.text(), note.html(), note.text()), subjects.values().stream())
                .toList();
    }
}
