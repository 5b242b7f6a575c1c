package io.weekly.tenant;

import java.util.Collections;

/** The condition of a query that a recipient has one of some tags. Tags are compared byte by byte. */
public final class RecipientTags {

    private static final String HAS_TAG = "JSON_CONTAINS(rc.tags, JSON_QUOTE(?))";

    private RecipientTags() {}

    /** The condition on the table {@code recipient rc}, with a {@code ?} for each tag. */
    public static String anyOf(int tags) {
        return "(" + String.join(" OR ", Collections.nCopies(tags, HAS_TAG)) + ")";
    }
}
