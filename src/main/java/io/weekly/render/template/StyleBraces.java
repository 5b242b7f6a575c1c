package io.weekly.render.template;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The braces of a style sheet that are its own. Trap: Qute takes <code>{</code> for an expression's wherever no blank follows, so that
 * minified CSS such as <code>p{margin:0}</code> would ask for a namespace {@code margin}. What begins as a declaration, a comment or a
 * rule within a rule is never an expression here, for there are no namespaces.
 */
final class StyleBraces {
    /** Qute's comments and its unparsed texts are passed over, to the end where they have none: nothing in them is an expression. */
    private static final Pattern BRACES = Pattern.compile("""
            (?sx) \\{!.*?(?:!\\}|\\z) | \\{\\|.*?(?:\\|\\}|\\z)
            | (?<!\\\\) \\{ (?= (?!data:) [a-zA-Z][a-zA-Z0-9-]*+ \\s*+ :
                             | /\\*
                             | [^{}'"]*+ (?: (?: '[^'{}]*+' | "[^"{}]*+" ) [^{}'"]*+ )*+ \\{ )""");

    private StyleBraces() {}

    /** The same style sheet, on the same lines, for Qute: its own braces stand as texts. */
    static String escaped(String css) {
        return BRACES.matcher(css).replaceAll(found -> Matcher.quoteReplacement(found.group().equals("{") ? "\\{" : found.group()));
    }
}
