package io.weekly.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncodedSizeTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 56, 57, 58, 114, 1000, 123_457})
    void theSizeIsThatOfBase64InLines(int bytes) {
        var encoded = Base64.getMimeEncoder().encodeToString(new byte[bytes]);

        // The encoder of the JDK ends no line after the last one.
        assertThat(EncodedSize.of(bytes)).isEqualTo(encoded.isEmpty() ? 0 : encoded.length() + 2);
    }
}
