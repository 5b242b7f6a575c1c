package io.weekly.definition;

import io.weekly.definition.BrokenDefinition.Fault;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads one {@code messages*.properties} file and reports duplicate keys. Trap: Java silently takes the last of two equal keys. */
final class Messages {
    private Messages() {}

    static Map<String, String> parse(String file, String text, List<Fault> faults) {
        var properties = new CheckedProperties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            faults.add(new Fault(file, 0, "is not a properties file: " + e.getMessage()));
        }
        properties.duplicates.forEach(key -> faults.add(new Fault(file, secondLine(text, key), "duplicate key " + key)));
        var messages = new TreeMap<String, String>();
        properties.stringPropertyNames().forEach(key -> messages.put(key, properties.getProperty(key)));
        return messages;
    }

    /** The line of the second such key; 0 if the file writes the key with escapes. */
    private static int secondLine(String text, String key) {
        return Pattern.compile("(?m)^[ \\t]*" + Pattern.quote(key) + "(?=[ \\t:=]|$)").matcher(text).results()
                .skip(1)
                .findFirst()
                .map(found -> 1 + (int) text.chars().limit(found.start()).filter(c -> c == '\n').count())
                .orElse(0);
    }

    /** Properties that remember duplicate keys. */
    private static final class CheckedProperties extends Properties {
        private final transient HashSet<String> duplicates = new HashSet<>();

        @Override
        public synchronized Object put(Object key, Object value) {
            var before = super.put(key, value);
            if (before != null) {
                duplicates.add(key.toString());
            }
            return before;
        }
    }
}
