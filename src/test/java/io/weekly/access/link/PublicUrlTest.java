package io.weekly.access.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicUrlTest {

    @Test
    void addressesBeginWithTheSetting() {
        assertThat(url("https://reports.example.com").of("/d/x")).isEqualTo("https://reports.example.com/d/x");
        assertThat(url(" http://localhost:8080/ ").of("/d/x")).isEqualTo("http://localhost:8080/d/x");
        assertThat(url("https://example.com/weekly/").of("/d/x")).isEqualTo("https://example.com/weekly/d/x");
        assertThat(url("").isSet()).isFalse();
        assertThat(new PublicUrl(Optional::empty).of("/d/x")).isEqualTo("/d/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "reports.example.com", "ftp://example.com", "https://", "https://a.test/?x", "https://a.test/#x", "https://u@a.test", "a b"})
    void anotherTextIsRefusedAtTheStart(String text) {
        assertThatThrownBy(() -> url(text)).hasMessageContaining("weekly.public-url is " + text);
    }

    private static PublicUrl url(String text) {
        var config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(Map.of("weekly.public-url", text), "file", 100))
                .withMapping(PublicUrlConfig.class)
                .build();
        return new PublicUrl(config.getConfigMapping(PublicUrlConfig.class));
    }
}
