package io.weekly.render.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The service's own words, by language: what any report says (page, week, this week, no figures yet), so that a definition brings only
 * what is its own. A language that is not there gets English.
 */
public final class Words {
    /** Language tags of the bundles, {@code messages/words_<tag>.properties}; English is the one without a tag. */
    public static final List<String> LANGUAGES = List.of("en", "de", "fr", "es", "pl");

    private static final Map<String, Map<String, String>> BUNDLES = bundles();

    private Words() {}

    /** Every word in the language of this locale, by its key. */
    public static Map<String, String> of(Locale locale) {
        return BUNDLES.getOrDefault(locale.getLanguage(), BUNDLES.get("en"));
    }

    private static Map<String, Map<String, String>> bundles() {
        Map<String, Map<String, String>> bundles = new LinkedHashMap<>();
        for (String language : LANGUAGES) {
            Map<String, String> words = new TreeMap<>(bundles.getOrDefault("en", Map.of()));
            words.putAll(bundle(language.equals("en") ? "words.properties" : "words_" + language + ".properties"));
            bundles.put(language, Map.copyOf(words));
        }
        return Map.copyOf(bundles);
    }

    private static Map<String, String> bundle(String file) {
        try (InputStream in = Words.class.getResourceAsStream("/messages/" + file)) {
            if (in == null) {
                throw new IllegalStateException("messages/" + file + " is missing in this build (quarkus.native.resources.includes?)");
            }
            Properties properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            Map<String, String> words = new TreeMap<>();
            properties.stringPropertyNames().forEach(key -> words.put(key, properties.getProperty(key)));
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
