package io.weekly.render.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class FormulaGuardTest {

    @Property(tries = 5_000)
    void anyTextIsDefusedAsTheRuleSays(@ForAll @Chars({'=', '+', '-', '@', '\uFF1D', ';', '|', '\t', '\n', '\r', '\0', ' ', 'a', '\u200b',
        '\u007f', '\u00a0', '\ud804', '\udcbd'}) @StringLength(max = 8) String text) {
        Pattern computed = Pattern.compile(
                "(^|[;\\t\\r\\n|])(?=[\\s\\p{Cntrl}\\p{Cf}]*[=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20])|^(?=[\\t\\r\\n\\x00])");

        assertThat(FormulaGuard.defuse(text)).isEqualTo(computed.matcher(text).replaceAll("$1'"));
    }

    @Test
    void aTextOfAMillionLineBreaksTakesSeconds() {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(FormulaGuard.defuse("a" + "\n\t".repeat(500_000) + "b")).hasSize(1_000_002);
            assertThat(FormulaGuard.defuse("a" + "\n\t".repeat(500_000) + "=1")).hasSize(2_000_003);
        });
    }
}
