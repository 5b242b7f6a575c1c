package io.weekly.delivery.inbound;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A block of header fields (RFC 5322, section 2.2), such as the header of a mail, or a group of fields of a delivery status notification
 * (RFC 3464, section 2.1). It is bounded: fields beyond the limits are left out.
 */
final class Fields {

    private static final int MAX_FIELDS = 2000;
    private static final int MAX_NAME = 100;
    private static final int MAX_VALUE = 5000;
    private static final int MAX_BLOCKS = 100;

    private record Field(String name, String value) {}

    private final List<Field> all = new ArrayList<>();

    /** The blocks of a text, which are separated by blank lines. Lines that are no fields are left out. Takes linear time. */
    static List<Fields> blocks(String text) {
        var blocks = new ArrayList<Fields>();
        var current = new Fields();
        var pending = new StringBuilder();
        for (var line : (Iterable<String>) text.lines()::iterator) {
            var isContinued = !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
            if (!line.isBlank() && isContinued) {
                if (pending.length() < MAX_VALUE) {
                    pending.append(' ').append(line.strip());
                }
                continue;
            }
            current.add(pending);
            pending.append(line);
            if (line.isBlank() && !current.all.isEmpty()) {
                blocks.add(current);
                current = new Fields();
                if (blocks.size() == MAX_BLOCKS) {
                    return blocks;
                }
            }
        }
        current.add(pending);
        if (!current.all.isEmpty()) {
            blocks.add(current);
        }
        return blocks;
    }

    /** The first block; one without fields if there is none. */
    static Fields first(String text) {
        var blocks = blocks(text);
        return blocks.isEmpty() ? new Fields() : blocks.getFirst();
    }

    private void add(StringBuilder line) {
        var colon = line.indexOf(":");
        if (colon > 0) {
            add(line.substring(0, colon), line.substring(colon + 1));
        }
        line.setLength(0);
    }

    /** Adds a field if it is within the limits. A longer value is cut. */
    void add(String name, String value) {
        var clean = name.strip().toLowerCase(Locale.ROOT);
        if (all.size() < MAX_FIELDS && clean.length() <= MAX_NAME && clean.indexOf(' ') < 0) {
            var text = value.strip();
            all.add(new Field(clean, text.length() > MAX_VALUE ? text.substring(0, MAX_VALUE) : text));
        }
    }

    /** The value of the first field with this name, in lower case; empty if there is none, or if it has no value. */
    Optional<String> find(String name) {
        return findAll(name).stream().findFirst();
    }

    /** The values of all fields with this name, in lower case. */
    List<String> findAll(String name) {
        return all.stream().filter(field -> field.name().equals(name) && !field.value().isEmpty()).map(Field::value).toList();
    }
}
