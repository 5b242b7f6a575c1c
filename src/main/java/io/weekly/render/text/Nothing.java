package io.weekly.render.text;

/** How NULL reads where a template asks for a number, a day or a text to be written; a page shows a dash, {@link OrElse} takes another. */
public enum Nothing {
    DASH;

    @Override
    public String toString() {
        return "–";
    }
}
