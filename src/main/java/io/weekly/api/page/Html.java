package io.weekly.api.page;

/** Writes texts into HTML. */
final class Html {

    private Html() {}

    /** The text as it may stand in an element or in an attribute with quotes. */
    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }
}
