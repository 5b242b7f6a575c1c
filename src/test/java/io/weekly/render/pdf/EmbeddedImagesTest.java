package io.weekly.render.pdf;

import static io.weekly.render.brand.LogoSamples.images;
import static io.weekly.render.brand.LogoSamples.png;
import static io.weekly.render.brand.LogoSamples.render;
import static io.weekly.render.brand.LogoSamples.zeros;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmbeddedImagesTest {
    /** A few kilobytes each, and sixteen megabytes as soon as they are unpacked. */
    @Test
    void thePixelsThatAPageUnpacksAreLimited() throws IOException {
        StringBuilder body = new StringBuilder();
        for (int width = 4_000; width < 4_010; width++) {
            byte[] header = ByteBuffer.allocate(13).putInt(width).putInt(4_000).put(new byte[] {1, 0, 0, 0, 0}).array();
            byte[] picture = png(header, zeros((width / 8 + 2) * 4_000));
            assertThat(picture.length).isLessThan(5_000);
            body.append("<img src=\"data:image/png;base64,").append(Base64.getEncoder().encodeToString(picture)).append("\" width=\"9\"/>");
        }

        assertThat(images(render(body.toString(), Optional.empty()))).isEqualTo(1);
    }
}
