package io.weekly.delivery.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InboundConfigTest {

    private static final String SECRET = "a-secret-of-thirty-two-bytes-000";

    @Test
    void anEndpointIsOnIfItsSettingIsSet() {
        assertThat(config(Map.of()).dsn().secrets()).isEmpty();
        assertThat(config(Map.of()).ses().topics()).isEmpty();
        assertThat(config(Map.of("weekly.inbound.dsn.secret", SECRET)).dsn().secrets()).hasSize(1);
        assertThat(config(Map.of("weekly.inbound.generic.secret", SECRET)).generic().secrets()).hasSize(1);
        assertThat(config(Map.of("weekly.inbound.ses.topics", "arn:aws-cn:sns:cn-north-1:123456789012:ses_events")).ses().topics())
                .isPresent();
        assertThat(config(Map.of("weekly.inbound.dsn.previous-secret", SECRET)).dsn().secrets()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "weekly.inbound.dsn.secret,             short",
        "weekly.inbound.dsn.previous-secret,    short",
        "weekly.inbound.generic.secret,         short",
        "weekly.inbound.ses.topics,             ses-events",
        "weekly.inbound.ses.max-age,            1s"
    })
    void aWrongSettingIsNamedAtTheStartWithoutASecret(String key, String value) {
        assertThatThrownBy(() -> config(Map.of(key, value))).hasMessageContaining(key).message().doesNotContain("short");
    }

    private static InboundConfig config(Map<String, String> settings) {
        var validator = Validation.buildDefaultValidatorFactory().getValidator();
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "file", 100))
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(InboundConfig.class)
                .withValidator(new BeanValidationConfigValidator() {
                    @Override
                    public Validator getValidator() {
                        return validator;
                    }
                })
                .build()
                .getConfigMapping(InboundConfig.class);
    }
}
