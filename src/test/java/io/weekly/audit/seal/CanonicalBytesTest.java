package io.weekly.audit.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class CanonicalBytesTest {

    @Test
    void differentFieldsNeverGiveTheSameBytes() {
        assertThat(hex(new CanonicalBytes().text("ab").text("c"))).isNotEqualTo(hex(new CanonicalBytes().text("a").text("bc")));
        assertThat(hex(new CanonicalBytes().text(null))).isNotEqualTo(hex(new CanonicalBytes().text("")));
        assertThat(hex(new CanonicalBytes().text(null).text("a"))).isNotEqualTo(hex(new CanonicalBytes().text("a").text(null)));
        assertThat(hex(new CanonicalBytes().number(1))).isNotEqualTo(hex(new CanonicalBytes().text("1")));
    }

    /** Seals of today must be verified in ten years, so these bytes never change. */
    @Test
    void theBytesAreThoseOfTheDocumentation() {
        assertThat(hex(new CanonicalBytes().number(258).text("é").text(null)))
                .isEqualTo("01" + "00000008" + "0000000000000102" + "01" + "00000002" + "c3a9" + "00");
    }

    private static String hex(CanonicalBytes bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
