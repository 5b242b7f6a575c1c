package io.weekly.render.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * Texts that every report needs (page, week, no figures yet), in each language of the service. A definition contains only its own
 * additional texts. Readers of other languages get English texts.
 */
public final class ServiceMessages {
    /** The languages of {@code messages/service_<language>.properties}; the file without a language is English. */
    public static final List<String> LANGUAGES = List.of("en", "de", "fr", "es", "pl");

    private static final Map<String, String> ENGLISH = read("service.properties");
    private static final Map<String, Map<String, String>> BUNDLES = bundles();

    private ServiceMessages() {}

    /** All texts in the language of this locale, by key. */
    public static Map<String, String> of(Locale locale) {
        return BUNDLES.getOrDefault(locale.getLanguage(), ENGLISH);
    }

    private static Map<String, Map<String, String>> bundles() {
        Map<String, Map<String, String>> bundles = new HashMap<>();
        for (String language : LANGUAGES) {
            Map<String, String> texts = new HashMap<>(ENGLISH);
            if (!language.equals("en")) {
                texts.putAll(read("service_" + language + ".properties"));
            }
            bundles.put(language, Map.copyOf(texts));
        }
        return Map.copyOf(bundles);
    }

    private static Map<String, String> read(String file) {
        try (InputStream in = ServiceMessages.class.getResourceAsStream("/messages/" + file)) {
            if (in == null) {
                throw new IllegalStateException("messages/" + file + " is missing in this build (quarkus.native.resources.includes?)");
            }
            Properties properties = new Properties();
            properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            Map<String, String> texts = new HashMap<>();
            properties.forEach((key, text) -> texts.put(key.toString(), text.toString()));
            return Map.copyOf(texts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
