package io.weekly.render.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openpdf.text.exceptions.BadPasswordException;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.PdfWriter;
import org.openpdf.text.pdf.SimpleBookmark;
import org.openpdf.text.pdf.parser.PdfTextExtractor;

class PdfProtectionTest {
    private static final String PAGE = """
            <html lang="de"><head><title>Umsatzgeheimnis</title><meta name="author" content="Geheimfirma"/></head>
            <body><h1>Wochenbericht</h1><p>Figure 4711</p><h2>Umsatz &amp; Ertrag
            nach Tagen</h2><p>x</p><h2>%s</h2><div><h1>Anhang</h1></div></body></html>
            """.formatted("W".repeat(300));

    @ParameterizedTest
    @ValueSource(strings = {"correct horse", "Überläufer!", "пароль-2026"})
    void aPdfOpensWithItsPasswordOnly(String password) throws IOException {
        byte[] pdf = new Pdf().render("x/report.html", PAGE, Optional.empty(), Optional.of(password)).bytes();

        try (var reader = new PdfReader(pdf, password.getBytes(StandardCharsets.UTF_8))) {
            assertThat(new PdfTextExtractor(reader).getTextFromPage(1)).contains("Figure 4711");
            assertThat(reader.getInfo()).containsEntry("Title", "Umsatzgeheimnis");
            assertThat(reader.isEncrypted()).isTrue();
            assertThat(reader.getCryptoMode()).isEqualTo(PdfWriter.ENCRYPTION_AES_256_V3);
            assertThat(reader.getPermissions() & (PdfWriter.ALLOW_COPY | PdfWriter.ALLOW_MODIFY_CONTENTS)).isZero();
            assertThat(reader.getPermissions() & PdfWriter.ALLOW_PRINTING).isEqualTo(PdfWriter.ALLOW_PRINTING);
        }
        assertThatThrownBy(() -> new PdfReader(pdf)).isInstanceOf(BadPasswordException.class);
        assertThatThrownBy(() -> new PdfReader(pdf, "another one".getBytes())).isInstanceOf(BadPasswordException.class);
    }

    @Test
    void theFileContainsNothingReadable() {
        var clear = new String(new Pdf().render("x/report.html", PAGE), StandardCharsets.ISO_8859_1);
        var pdf = new Pdf().render("x/report.html", PAGE, Optional.empty(), Optional.of("correct horse")).bytes();
        var hidden = new String(pdf, StandardCharsets.ISO_8859_1);

        assertThat(clear).contains("Umsatzgeheimnis", "Geheimfirma");
        assertThat(hidden).doesNotContain("Umsatzgeheimnis", "Geheimfirma", "correct horse").contains("/AESV3");
    }

    @Test
    void headingsAreBookmarksNestedAndShort() throws IOException {
        for (var password : List.of(Optional.<String>empty(), Optional.of("correct horse"))) {
            byte[] pdf = new Pdf().render("x/report.html", PAGE, Optional.empty(), password).bytes();
            try (var reader = password.isEmpty() ? new PdfReader(pdf) : new PdfReader(pdf, password.get().getBytes())) {
                var chapters = SimpleBookmark.getBookmarkList(reader);

                assertThat(chapters).extracting(chapter -> chapter.get("Title")).containsExactly("Wochenbericht", "Anhang");
                assertThat(kids(chapters.getFirst())).extracting(kid -> kid.get("Title"))
                        .containsExactly("Umsatz & Ertrag nach Tagen", "W".repeat(99) + "…");
                assertThat(kids(chapters.getFirst()).getFirst().get("Page").toString()).startsWith("1 ");
            }
        }
    }

    @Test
    void aPageWithBookmarksOfItsOwnKeepsThem() throws IOException {
        var page = """
                <html><head><bookmarks><bookmark name="Mine" href="#a"/></bookmarks></head><body><h1 id="a">Theirs</h1></body></html>""";

        try (var reader = new PdfReader(new Pdf().render("x/report.html", page))) {
            assertThat(SimpleBookmark.getBookmarkList(reader)).extracting(chapter -> chapter.get("Title")).containsExactly("Mine");
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> kids(Map<String, Object> bookmark) {
        return (List<Map<String, Object>>) bookmark.get("Kids");
    }
}
