package io.weekly.render.template;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Escapes the braces of CSS rules for Qute. Trap: Qute takes every <code>{</code> without a space after it for the start of an expression,
 * so minified CSS such as <code>p{margin:0}</code> would be an expression in a namespace {@code margin}. Templates of this service have no
 * namespaces. So a brace before a declaration, a comment or a nested rule is always CSS.
 */
final class StyleBraces {
    /** Skips Qute's comments and unparsed texts, up to the end of the file if they are not closed: they contain no expressions. */
    private static final Pattern BRACES = Pattern.compile("""
            (?sx) \\{!.*?(?:!\\}|\\z) | \\{\\|.*?(?:\\|\\}|\\z)
            | (?<!\\\\) \\{ (?= (?!data:) [a-zA-Z][a-zA-Z0-9-]*+ \\s*+ :
                             | /\\*
                             | [^{}'"]*+ (?: (?: '[^'{}]*+' | "[^"{}]*+" ) [^{}'"]*+ )*+ \\{ )""");

    private StyleBraces() {}

    /** The style sheet with the braces of CSS escaped. Line numbers stay the same. */
    static String escaped(String css) {
        return BRACES.matcher(css).replaceAll(found -> Matcher.quoteReplacement(found.group().equals("{") ? "\\{" : found.group()));
    }
}
