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
            "(?i)<(?:script|link|iframe|object|embed)\\b|<img\\b[^<>]*?\\ssrc\\s*=\\s*(?:\"(?!data:|\\{)[^\"]*|'(?!data:|\\{)[^']*)");
    private static final List<Comment> COMMENTS = List.of(
            new Comment("/*", "*/"), new Comment("<!--", "-->"), new Comment("{!", "!}"));
    /** A file with more of them has the same mistake everywhere. */
    private static final int MAX_FAULTS = 20;

    private record Comment(String start, String end) {}

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
        var plain = withoutComments(text);
        return pattern.matcher(plain).results()
                .limit(MAX_FAULTS)
                .map(found -> new Fault(file, 1 + (int) plain.chars().limit(found.start()).filter(c -> c == '\n').count(),
                        "%s does not load: put styles into report.css, and PNG or JPEG images into data: URIs"
                                .formatted(shown(found.group()))))
                .toList();
    }

    /** Comments become spaces, so that line numbers stay right. A start without an end is no comment. */
    private static String withoutComments(String text) {
        var plain = new StringBuilder(text);
        // Only a kind that ends somewhere is looked for: else each start would be compared with the whole rest of the text.
        var lastEnds = COMMENTS.stream().mapToInt(comment -> text.lastIndexOf(comment.end)).toArray();
        for (int at = 0; at < text.length(); ) {
            int end = endOfComment(text, at, lastEnds);
            for (int i = at; i < end; i++) {
                plain.setCharAt(i, text.charAt(i) == '\n' ? '\n' : ' ');
            }
            at = Math.max(end, at + 1);
        }
        return plain.toString();
    }

    /** The position after the comment that starts here; {@code at} if none does. */
    private static int endOfComment(String text, int at, int[] lastEnds) {
        for (int kind = 0; kind < lastEnds.length; kind++) {
            var comment = COMMENTS.get(kind);
            int content = at + comment.start.length();
            if (content <= lastEnds[kind] && text.startsWith(comment.start, at)) {
                return text.indexOf(comment.end, content) + comment.end.length();
            }
        }
        return at;
    }

    private static String shown(String found) {
        var text = found.replaceAll("\\s+", " ");
        var whole = text.startsWith("url(") ? text + ")" : text;
        return Ellipsis.shorten(whole, 60);
    }
}
