package io.weekly.definition;

import io.weekly.definition.BrokenDefinition.Fault;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Reads one {@code messages*.properties} file and reports duplicate keys. Trap: Java silently takes the last of two equal keys. */
final class Messages {
    /** A file with more of them was probably pasted twice. */
    private static final int MAX_FAULTS = 20;

    private Messages() {}

    static Map<String, String> parse(String file, String text, List<Fault> faults) {
        var properties = new CheckedProperties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            faults.add(new Fault(file, 0, "is not a properties file: " + e.getMessage()));
        }
        if (!properties.duplicates.isEmpty()) {
            var lines = secondLines(text);
            properties.duplicates.stream().limit(MAX_FAULTS).forEach(
                    key -> faults.add(new Fault(file, lines.getOrDefault(key, 0), "duplicate key " + key)));
        }
        var messages = new TreeMap<String, String>();
        properties.stringPropertyNames().forEach(key -> messages.put(key, properties.getProperty(key)));
        return messages;
    }

    /** The line where each key occurs for the second time. A key that the file writes with escapes is missing. */
    private static Map<String, Integer> secondLines(String text) {
        var seen = new HashSet<String>();
        var second = new HashMap<String, Integer>();
        var lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            var key = key(lines.get(i).strip());
            if (!seen.add(key)) {
                second.putIfAbsent(key, i + 1);
            }
        }
        return second;
    }

    private static String key(String line) {
        var end = 0;
        while (end < line.length() && " \t:=".indexOf(line.charAt(end)) < 0) {
            end++;
        }
        return line.substring(0, end);
    }

    /** Properties that remember duplicate keys. */
    private static final class CheckedProperties extends Properties {
        private final transient LinkedHashSet<String> duplicates = new LinkedHashSet<>();

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
