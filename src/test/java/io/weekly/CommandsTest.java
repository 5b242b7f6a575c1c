package io.weekly;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void withoutACommandTheServiceStarts() {
        assertThat(Commands.find()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify-adit", "Verify-Audit", "prune", "--verify-audit", "-Dquarkus.http.port=8080", ""})
    void anUnknownCommandIsNamedAndDoesNotStartTheService(String name) {
        assertThat(run(name)).isEqualTo(2);
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith(name + " is no command.").contains("verify-audit", "prune-audit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "-h"})
    void helpNamesTheCommands(String name) {
        assertThat(run(name)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("verify-audit", "prune-audit");
    }

    private int run(String name) {
        return Commands.find(name)
                .orElseThrow()
                .run(new SmallRyeConfigBuilder().build(), List.of(), new PrintStream(out, true, StandardCharsets.UTF_8));
    }
}
