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

/** One {@code messages*.properties} file. Trap: Java takes the last of two equal keys and says nothing. */
final class Messages {
    private Messages() {}

    static Map<String, String> parse(String file, String text, List<Fault> faults) {
        var properties = new Once();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            faults.add(new Fault(file, 0, "is no properties file: " + e.getMessage()));
        }
        properties.twice.forEach(key -> faults.add(new Fault(file, secondLine(text, key), "the key " + key + " is there twice")));
        var messages = new TreeMap<String, String>();
        properties.stringPropertyNames().forEach(key -> messages.put(key, properties.getProperty(key)));
        return messages;
    }

    /** 0 where the key is not written as it reads, with escapes. */
    private static int secondLine(String text, String key) {
        return Pattern.compile("(?m)^[ \\t]*" + Pattern.quote(key) + "(?=[ \\t:=]|$)").matcher(text).results()
                .skip(1)
                .findFirst()
                .map(found -> 1 + (int) text.chars().limit(found.start()).filter(c -> c == '\n').count())
                .orElse(0);
    }

    private static final class Once extends Properties {
        private final transient HashSet<String> twice = new HashSet<>();

        @Override
        public synchronized Object put(Object key, Object value) {
            var before = super.put(key, value);
            if (before != null) {
                twice.add(key.toString());
            }
            return before;
        }
    }
}
