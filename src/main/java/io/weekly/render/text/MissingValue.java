package io.weekly.render.text;

/** The result of formatting NULL in a template. It is written as a dash. The default operator {@code ?:} replaces it with another value. */
public enum MissingValue {
    DASH;

    @Override
    public String toString() {
        return "–";
    }
}
