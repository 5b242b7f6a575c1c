package io.weekly.definition;

import io.weekly.definition.BrokenDefinition.Fault;
import io.weekly.text.Ellipsis;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a page or its style sheet would load from elsewhere. A report loads nothing, and an image that is refused when it is rendered is
 * only missing: so it is told when the definition is read. Values of the data are not known then and are left alone.
 */
final class ExternalReferences {
    private static final Pattern IN_STYLES = Pattern.compile("(?i)@import\\b|url\\(\\s*+['\"]?+(?!data:image/(?:png|jpeg);|\\{)[^)'\"]*");
    private static final Pattern IN_PAGES = Pattern.compile(
            "(?i)<(?:script|link|iframe|object|embed)\\b|<img\\b[^>]*?\\ssrc\\s*=\\s*(?:\"(?!data:|\\{)[^\"]*|'(?!data:|\\{)[^']*)");
    private static final Pattern COMMENTS = Pattern.compile("(?s)/\\*.*?\\*/|<!--.*?-->|\\{!.*?!}");

    private ExternalReferences() {}

    static List<Fault> ofStyle(String file, String text) {
        return faults(file, text, IN_STYLES);
    }

    static List<Fault> ofPage(String file, String text) {
        var faults = new ArrayList<>(faults(file, text, IN_PAGES));
        faults.addAll(faults(file, text, IN_STYLES));
        return faults;
    }

    private static List<Fault> faults(String file, String text, Pattern pattern) {
        // Comments become spaces and keep their lines.
        var seen = COMMENTS.matcher(text).replaceAll(comment -> comment.group().replaceAll("[^\\n]", " "));
        return pattern.matcher(seen).results()
                .map(found -> new Fault(file, 1 + (int) seen.chars().limit(found.start()).filter(c -> c == '\n').count(),
                        "%s loads nothing: a report has its own style sheet, and PNG or JPEG images that are in it as data: URIs"
                                .formatted(shown(found.group()))))
                .toList();
    }

    private static String shown(String found) {
        var text = found.replaceAll("\\s+", " ");
        var whole = text.startsWith("url(") ? text + ")" : text;
        return Ellipsis.shorten(whole, 60);
    }
}
