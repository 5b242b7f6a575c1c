package io.weekly.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.weekly.definition.ReportFacts.Recipient;
import io.weekly.definition.ReportFacts.Tenant;
import io.weekly.render.pdf.Pdf;
import io.weekly.report.Period;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openpdf.text.pdf.PdfArray;
import org.openpdf.text.pdf.PdfName;
import org.openpdf.text.pdf.PdfReader;
import org.openpdf.text.pdf.parser.PdfTextExtractor;

/**
 * Whatever stands in a text of the data, the report is made, nothing outside of it is opened, and what cannot be shown is seen to be
 * missing. A server on loopback and a file are the canaries: each hostile text names one of them.
 */
class HostileDataTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2001-01-01T00:00:00Z"));

    @TempDir
    Path folder;

    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;
    private Path canary;

    @BeforeEach
    void canaries() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        canary = Files.writeString(folder.resolve("canary.txt"), "the canary file");
        unread(canary);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void builtInReportsOpenNothingWithHostileTexts() throws IOException {
        for (var definition : new Definitions(Optional.empty()).all()) {
            for (var hostile : hostile()) {
                var facts = facts(hostile);
                var figures = named(Samples.figures(definition.name()), hostile);

                var pdf = new PdfReader(new Pdf().render(definition.file("report.html"), ReportPage.of(definition, figures, facts)));
                var mail = MailText.of(definition, figures, facts, Optional.empty());

                var what = definition.name() + " of " + hostile.substring(0, Math.min(60, hostile.length()));
                assertThat(pdf.getNumberOfPages()).as(what).isBetween(1, 100);
                assertThat(mail.html()).as(what).doesNotContain("<script", "<img src=\"http", "<b>");
                assertThat(mail.subject()).as(what).doesNotContain("\n", "\r", "\0").hasSizeLessThan(1000);
            }
        }
        assertThatNothingWasOpened();
    }

    @Test
    void hostileTextsInLinksImagesAndStylesOpenNothing() throws IOException {
        var definition = (Definition) DefinitionLoader.load("careless", careless());

        for (var hostile : hostile()) {
            var row = new LinkedHashMap<String, Object>();
            row.put("name", hostile);
            row.put("value", 1L);
            var page = ReportPage.of(definition, Map.of("rows", List.of(row)), facts(hostile));
            var pdf = new PdfReader(new Pdf().render(definition.file("report.html"), page));

            assertThat(targets(pdf)).as(hostile.substring(0, Math.min(60, hostile.length())))
                    .allSatisfy(target -> assertThat(target).startsWith("http").doesNotContain("javascript:"));
        }
        assertThatNothingWasOpened();
    }

    @Test
    void aMissingGlyphIsVisible() throws IOException {
        var definition = new Definitions(Optional.empty()).find("weekly-business").orElseThrow();
        var name = "日本 שלום 🎉 \0 end";

        var page = ReportPage.of(definition, named(Samples.usual(), name), facts(name));
        var pdf = new PdfReader(new Pdf().render(definition.file("report.html"), page));

        assertThat(new PdfTextExtractor(pdf).getTextFromPage(1)).contains("\ufffd\ufffd \ufffd\ufffd\ufffd\ufffd \ufffd \ufffd end");
    }

    /** Texts that an attacker could put into names. */
    private List<String> hostile() {
        var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        var file = canary.toUri().toString();
        return List.of(
                "<img src=\"" + url + "img\"/><script>fetch('" + url + "')</script><b>bold</b>",
                "<iframe src='" + file + "'/><object data=\"" + file + "\"/><link rel=\"stylesheet\" href=\"" + url + "css\"/>",
                "]]>&lt;b&gt;&#0;&#x1F389;&xxe;<!DOCTYPE a [<!ENTITY xxe SYSTEM \"" + file + "\">]>",
                "javascript:fetch('" + url + "')",
                " JaVaScRiPt:alert(1)",
                "data:text/html,<script>alert(1)</script>",
                file,
                url + "plain",
                "jar:" + file + "!/",
                "\\\\127.0.0.1\\share\\canary",
                "'); background: url(" + url + "style); @import url('" + file + "'); /*",
                "{#include canary /}{tenant.slug.raw}{inject:vertx}{config:['quarkus.datasource.password']}",
                "=cmd|' /C calc'!A0",
                "+1+cmd|' /C calc'!A0\t@SUM(1)",
                "Name\r\nBcc: all@acme.test\r\n\r\nbody",
                "\u202eevil \u2066isolated\u2069 שלום العربية \u200f\u200e",
                "🎉👩‍👩‍👧‍👦 日本語 e\u0301\u0300\u0323\ufe0f",
                "NUL \0 and \u0001\u0008\u000b\u001f\u007f\u0085\ufffe\uffff",
                "\ud800 half a pair \udc00",
                "",
                " ",
                "A name without any space in it ".replace(" ", "").repeat(30_000),
                // Its many places in a page stay within the limits of a template.
                "<b>Ä</b>&amp; ".repeat(20_000));
    }

    private static ReportFacts facts(String hostile) {
        return new ReportFacts(
                new Tenant(hostile, hostile, "#0b5cad", "Europe/Berlin"), new Recipient(hostile, hostile, hostile, "en"),
                Period.of(Samples.MONDAY), Samples.AS_OF);
    }

    /** The figures with every text replaced. */
    private static Map<String, List<Map<String, Object>>> named(Map<String, List<Map<String, Object>>> figures, String hostile) {
        var named = new LinkedHashMap<String, List<Map<String, Object>>>();
        figures.forEach((dataset, rows) -> named.put(dataset, rows.stream().map(row -> {
            Map<String, Object> texts = new LinkedHashMap<>(row);
            texts.replaceAll((column, value) -> value instanceof String ? hostile : value);
            return texts;
        }).toList()));
        return named;
    }

    /** A definition whose author trusts the data. */
    private static Map<String, String> careless() {
        return Map.of(
                "report.yaml", "title: Careless\nmail: {subject: \"{tenant.name}\"}\ndatasets: {rows: {scope: global}}\n",
                "rows.sql", "SELECT 'x' AS name, 1 AS value",
                "report.css", "p { color: {tenant.name}; background-image: url({tenant.slug}); font-family: \"{tenant.name}\"; }",
                "report.html", """
                        <html xmlns="http://www.w3.org/1999/xhtml" lang="{recipient.locale}">
                        <head><title>{tenant.name}</title><meta name="author" content="{tenant.name}"/>
                        <style type="text/css">{css}</style></head>
                        <body style="background: url({tenant.name})">
                        <p id="{tenant.name}" class="{tenant.name}" onclick="{tenant.name}">{tenant.name}</p>
                        {#for row in rows}
                        <p style="background-image: url('{row.name}'); color: {row.name}"><a href="{row.name}">{row.name}</a></p>
                        <img src="{row.name}" alt="{row.name}"/><input type="image" src="{row.name}"/>
                        <table background="{row.name}"><tr><td title="{row.name}">{row.name}</td></tr></table>
                        {/for}
                        {#chart type="bars" data=rows x="name" y="value" title=tenant.name legend=tenant.name /}
                        </body></html>
                        """,
                "mail.html", "<p>{tenant.name}{rows.size}</p>",
                "mail.txt", "{tenant.name}");
    }

    /** The targets of a PDF's links. */
    private static List<String> targets(PdfReader pdf) {
        var targets = new ArrayList<String>();
        for (var page = 1; page <= pdf.getNumberOfPages(); page++) {
            var annotations = pdf.getPageN(page).getAsArray(PdfName.ANNOTS);
            for (var annotation : annotations == null ? new PdfArray().getElements() : annotations.getElements()) {
                var action = ((org.openpdf.text.pdf.PdfDictionary) PdfReader.getPdfObject(annotation)).getAsDict(PdfName.A);
                if (action != null && action.get(PdfName.URI) != null) {
                    targets.add(action.get(PdfName.URI).toString());
                }
            }
        }
        return targets;
    }

    private void assertThatNothingWasOpened() throws IOException {
        assertThat(requests).as("requests to the canary server").hasValue(0);
        // Some file systems keep no access times. Then the check of the file is impossible.
        var control = unread(Files.writeString(folder.resolve("control.txt"), "x"));
        Files.readString(control);
        assumeTrue(!lastRead(control).equals(LONG_AGO), "NOT TESTED: this file system does not say when a file was read");
        assertThat(lastRead(canary)).as("the canary file's last access").isEqualTo(LONG_AGO);
    }

    private static Path unread(Path file) throws IOException {
        Files.getFileAttributeView(file, BasicFileAttributeView.class).setTimes(null, LONG_AGO, null);
        return file;
    }

    private static FileTime lastRead(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).lastAccessTime();
    }
}
