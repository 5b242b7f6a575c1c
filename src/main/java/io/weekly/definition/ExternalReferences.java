package io.weekly.definition;

import io.weekly.definition.BrokenDefinition.Fault;
import io.weekly.text.Ellipsis;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds references to files and hosts in a page or its style sheet. A report never loads anything from outside: the renderer leaves such an
 * image out without an error. So the loader reports these references as faults. It cannot check URLs that come from data.
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
        // Comments become spaces, so that line numbers stay right.
        var withoutComments = COMMENTS.matcher(text).replaceAll(comment -> comment.group().replaceAll("[^\\n]", " "));
        return pattern.matcher(withoutComments).results()
                .map(found -> new Fault(file, 1 + (int) withoutComments.chars().limit(found.start()).filter(c -> c == '\n').count(),
                        "%s does not load: put styles into report.css, and PNG or JPEG images into data: URIs"
                                .formatted(shown(found.group()))))
                .toList();
    }

    private static String shown(String found) {
        var text = found.replaceAll("\\s+", " ");
        var whole = text.startsWith("url(") ? text + ")" : text;
        return Ellipsis.shorten(whole, 60);
    }
}
