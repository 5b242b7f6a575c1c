package io.weekly.render.sheet;

import java.util.BitSet;

/**
 * Protects spreadsheets from formulas in a CSV file (OWASP, CSV injection). A spreadsheet takes a text that starts with {@code =},
 * {@code +}, {@code -} or {@code @} for a formula. An apostrophe in front makes it a text.
 *
 * <p>The guard also checks the inside of a text. Some spreadsheets split a line at semicolons, tabs, bars or line breaks instead of commas,
 * so a new cell may begin after each of these characters. The guard also finds the full-width forms of the four signs, and signs after
 * white space or invisible characters.
 */
final class FormulaGuard {
    private static final String SIGNS = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";
    private static final String SEPARATORS = ";\t\r\n|";

    private FormulaGuard() {}

    /**
     * The text with an apostrophe at each place where a formula could begin. It reads the text once, from its end. If it searched forward
     * from each separator, a text of many line breaks would take minutes.
     */
    static String defuse(String text) {
        BitSet apostrophes = new BitSet();
        boolean formula = false;
        int c;
        for (int at = text.length(); at > 0; at -= Character.charCount(c)) {
            c = text.codePointBefore(at);
            if (formula && SEPARATORS.indexOf(c) >= 0) {
                apostrophes.set(at);
            }
            formula = SIGNS.indexOf(c) >= 0 || formula && isSkipped(c);
        }
        if (formula || !text.isEmpty() && "\t\r\n\0".indexOf(text.charAt(0)) >= 0) {
            apostrophes.set(0);
            apostrophes.clear(1);
        }
        return apostrophes.isEmpty() ? text : insert(apostrophes, text);
    }

    private static boolean isSkipped(int c) {
        return c <= ' ' || c == 0x7f || Character.getType(c) == Character.FORMAT;
    }

    private static String insert(BitSet apostrophes, String text) {
        StringBuilder defused = new StringBuilder(text.length() + apostrophes.cardinality());
        int from = 0;
        for (int at = apostrophes.nextSetBit(0); at >= 0; at = apostrophes.nextSetBit(at + 1)) {
            defused.append(text, from, at).append('\'');
            from = at;
        }
        return defused.append(text, from, text.length()).toString();
    }
}
