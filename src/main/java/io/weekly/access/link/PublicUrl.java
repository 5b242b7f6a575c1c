package io.weekly.access.link;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/**
 * The address at which recipients reach the service. It is a setting, because the {@code Host} of a request is the caller's choice: whoever
 * sends another one could make the service mail links to another server.
 */
@ApplicationScoped
public class PublicUrl {

    private final Optional<String> base;

    PublicUrl(PublicUrlConfig config) {
        base = config.value().map(String::strip).filter(text -> !text.isEmpty()).map(PublicUrl::checked);
    }

    /** Creates this bean at the start, so that the service does not start with an unusable address. */
    void check(@Observes StartupEvent event) {}

    private static String checked(String text) {
        try {
            var url = new URI(text);
            var isWeb = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            var isPlain = url.getRawUserInfo() == null && url.getRawQuery() == null && url.getRawFragment() == null;
            if (isWeb && isPlain && url.getHost() != null) {
                return text.replaceFirst("/+$", "");
            }
        } catch (URISyntaxException _) {
            // The exception below names the setting.
        }
        throw new IllegalArgumentException("%s is %s, but it must be an address such as https://reports.example.com, without ? and #"
                .formatted(PublicUrlConfig.KEY, text));
    }

    /** Whether the setting has a value. */
    public boolean isSet() {
        return base.isPresent();
    }

    /** The address of a path: absolute if the setting has a value, else the path itself. */
    public String of(String path) {
        return base.orElse("") + path;
    }
}
