package io.weekly.render.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.weekly.render.RenderException;
import io.weekly.render.text.TextEscapes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openpdf.text.pdf.PdfDictionary;
import org.openpdf.text.pdf.PdfName;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;

class PdfTest {
    @TempDir Path folder;

    @Test
    void titleAuthorAndLanguageComeFromThePage() throws IOException {
        PdfReader pdf = read("<html lang=\"de\"><head><title>Woche „47“</title><meta name=\"author\" content=\"Müller\"/></head>"
                + "<body>x</body></html>");

        assertThat(pdf.getInfo()).containsEntry("Title", "Woche „47“").containsEntry("Author", "Müller");
        assertThat(pdf.getCatalog().getAsString(PdfName.LANG).toUnicodeString()).isEqualTo("de");
    }

    @Test
    void greekCyrillicAndFrenchSpacesAreInTheEmbeddedFont() throws IOException {
        PdfReader pdf = read(page("Ελένη Щукина ▲▼ 12\u202f345 € Łódź"));

        assertThat(text(pdf)).contains("Ελένη", "Щукина", "▲▼", "Łódź").contains("345 €");
        PdfDictionary fonts = pdf.getPageN(1).getAsDict(PdfName.RESOURCES).getAsDict(PdfName.FONT);
        assertThat(fonts.getKeys()).isNotEmpty().allSatisfy(name -> {
            PdfDictionary descendant = fonts.getAsDict((PdfName) name).getAsArray(PdfName.DESCENDANTFONTS).getAsDict(0);
            assertThat(descendant.getAsDict(PdfName.FONTDESCRIPTOR).get(PdfName.FONTFILE2)).isNotNull();
        });
    }

    @Test
    void aCharacterThatTheFontDoesNotHaveIsReplaced() throws IOException {
        assertThat(text(read(page("a🎉b 日 c\u200dd שלום e\u202e")))).contains("a�b � cd ���� e");
    }

    @Test
    void aPageOfHostileTextIsRenderedAsText() throws IOException {
        String hostile = TextEscapes.markup("</p><script>alert(1)</script> &amp; ]]> <!ENTITY x> \u0000\u0007 e\u0301 \ud83d");

        assertThat(text(read(page(hostile)))).contains("</p><script>alert(1)</script> &amp; ]]> <!ENTITY x> �� é �");
    }

    @Test
    void aNameOfAMegabyteTakesSeconds() throws IOException {
        PdfReader pdf = read(page("W".repeat(1 << 20)));

        assertThat(pdf.getNumberOfPages()).isBetween(1, 20);
        assertThat(text(pdf)).contains("WWWW");
    }

    @Test
    void nothingOutsideOfTheDocumentIsOpened() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            calls.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        Path secret = Files.writeString(folder.resolve("secret.css"), "body:before { content: 'SECRET' }");
        try {
            String http = "http://127.0.0.1:" + server.getAddress().getPort();
            PdfReader pdf = read("""
                    <html><head>
                    <link rel="stylesheet" type="text/css" href="%2$s"/><link rel="stylesheet" type="text/css" href="%1$s/a.css"/>
                    <style>@import url(%1$s/b.css); @import url(%2$s);
                    @font-face { font-family: F; src: url(%1$s/f.ttf); } body { font-family: F; background: url(%1$s/c.png); }
                    ul { list-style-image: url(%1$s/d.png); } p:before { content: url(%1$s/e.png); }</style></head>
                    <body><img src="%1$s/g.png"/><img src="%2$s"/><img src="jar:%2$s!/x"/><img src="classpath:/fonts/OFL.txt"/>
                    <img src="data:image/svg+xml;base64,PHN2Zy8+"/><img src="data:image/png;base64,AAAA"/><img/>
                    <object data="%1$s/h"/><iframe src="%1$s/i"/><ul><li>still</li></ul><p>there</p></body></html>
                    """.formatted(http, secret.toUri()));

            assertThat(text(pdf)).contains("still").contains("there").doesNotContain("SECRET");
            assertThat(calls).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anImageInsideTheDocumentIsShown() throws IOException {
        PdfReader pdf = read("<html><body><img src=\"data:image/png;base64,"
                + "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==\"/></body></html>");

        assertThat(pdf.getPageN(1).getAsDict(PdfName.RESOURCES).getAsDict(PdfName.XOBJECT)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "d='M 10 20 L30 40' | 30 40 l", "d='M1 2h3v4z' | 4 2 l", "d='m1 2 3 4' | 4 6 l", "d='M10 20A5 5 0 0 1 20 20' | 20 20 c",
        "d='M7 8L' | 7 8 m", "d='M7 8L9 9 X' | 9 9 l"})
    void anAuthorsPathIsDrawnInEveryWayThatPathsAreWritten(String path, String drawn) throws IOException {
        assertThat(content(svg("viewBox='0 0 50 50'", "<path " + path + " stroke='#ff0000'/>"))).contains(drawn);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "<path d='bogus'/>", "<path/>", "<polyline points='x y'/>", "<polyline points='x,y'/>", "<path d='M 1 2 L3x'/>",
        "<polyline points='1 2 3'/>", "<polyline/>", "<text>there</text>",
        "<text font-size='0' x='NaN'>x</text>", "<rect x='1e300' width='a' height='' fill='#zzz'/>",
        "<circle r='Infinity' fill='#1a2b3c'/>"})
    void aMistakeInAnAuthorsSvgDoesNotFailThePdf(String shape) throws IOException {
        for (String size : new String[] {"", "viewBox='0 0 0 0'", "viewBox='a'", "width='x' height='5'", "width='20px' height='5'"}) {
            assertThat(content(svg(size, shape))).contains("beside").doesNotContain("NaN", "Infinity");
        }
    }

    @Test
    void anAuthorsPointsNeedNoCommasAndAViewBoxIsSizeEnough() throws IOException {
        String content = content(svg("viewBox='10 0 40 20'", "<polyline points='1 2 3 4' stroke='#ff0000'/>"));

        assertThat(content).contains("1 2 m").contains("3 4 l").containsPattern("0.75 0 0 -0.75 \\S+ \\S+ cm");
    }

    private static PdfReader svg(String size, String shape) throws IOException {
        return read("<html><body><svg style='display: block' %s>%s</svg><p>beside</p></body></html>".formatted(size, shape));
    }

    /** The operators of its page, and its text. */
    private static String content(PdfReader pdf) throws IOException {
        return new String(pdf.getPageContent(1), StandardCharsets.ISO_8859_1) + text(pdf);
    }

    @Test
    void scriptsAndLinksOutsideOfTheWebAreRemoved() throws IOException {
        PdfReader pdf = read("<html><body><a href=\"javascript:x\">a</a> <a href=\"file:///etc/passwd\">b</a> "
                + "<a href=\"https://example.com\">c</a></body></html>");

        assertThat(pdf.getPageN(1).getAsArray(PdfName.ANNOTS).size()).isEqualTo(1);
    }

    @Test
    void aDoctypeIsRefusedAndTheLineIsNamed() {
        String bomb = "<!DOCTYPE html [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n<html>&b;</html>";

        assertThat(failure(bomb)).hasMessageStartingWith("x/report.html:1: ").hasMessageContaining("DOCTYPE");
        assertThat(failure("<html>\n<p></html>")).hasMessageStartingWith("x/report.html:2: ");
    }

    private static RenderException failure(String xhtml) {
        return catchThrowableOfType(RenderException.class, () -> new Pdf().render("x/report.html", xhtml));
    }

    private static String page(String body) {
        return "<html><head><style>body { word-wrap: break-word }</style></head><body><p>" + body + "</p></body></html>";
    }

    private static PdfReader read(String xhtml) throws IOException {
        return new PdfReader(new Pdf().render("x/report.html", xhtml));
    }

    private static String text(PdfReader pdf) throws IOException {
        return new PdfTextExtractor(pdf).getTextFromPage(1);
    }
}
