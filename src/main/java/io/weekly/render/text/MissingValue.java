package io.weekly.render.text;

/** What a template gets when it formats NULL. It is written as a dash; the default operator {@code ?:} replaces it. */
public enum MissingValue {
    DASH;

    @Override
    public String toString() {
        return "–";
    }
}
