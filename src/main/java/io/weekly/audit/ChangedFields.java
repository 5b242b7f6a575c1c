package io.weekly.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The names of the fields that a request has changed, for the detail of its event. Their values can be personal or secret. */
public final class ChangedFields {

    private final List<String> names = new ArrayList<>();

    /** Adds the field if its value has changed. */
    public ChangedFields compare(String name, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            names.add(name);
        }
        return this;
    }

    /** Adds a field that can only be written, such as a password, if the request has it. */
    public ChangedFields given(String name, @Nullable Object value) {
        return compare(name, null, value);
    }

    /** The names, in the order in which they were compared. */
    public List<String> names() {
        return List.copyOf(names);
    }
}
