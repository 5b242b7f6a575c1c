package io.weekly.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TooLargeNoticeTest {

    private static final URI LINK = URI.create("https://link.invalid/file");
    private static final TooLargeNotice NOTICE =
            TooLargeNotice.of(Map.of("mail_too_large", "L'e-mail < fichier", "mail_link", "Ouvrir"), LINK);

    @Test
    void aMailWithoutALinkGetsOneWithTheNotice() {
        assertThat(NOTICE.inHtml("<html><BODY style=\"x\"><p>Hi $1</p></BODY></html>"))
                .startsWith("<html><BODY style=\"x\"><p style=")
                .contains("L&#39;e-mail &lt; fichier <a href=\"https://link.invalid/file\">Ouvrir</a></p><p>Hi $1</p>");
        assertThat(NOTICE.inText("Hi")).isEqualTo("L'e-mail < fichier\nOuvrir: https://link.invalid/file\n\nHi");
    }

    @Test
    void aMailThatHasTheLinkGetsNoSecondOne() {
        assertThat(NOTICE.inHtml("<p>https://link.invalid/file</p>")).startsWith("<p style=").doesNotContain("<a ");
        assertThat(NOTICE.inText("https://link.invalid/file")).isEqualTo("L'e-mail < fichier\n\nhttps://link.invalid/file");
    }
}
