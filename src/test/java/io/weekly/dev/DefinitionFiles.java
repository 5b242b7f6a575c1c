package io.weekly.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A small definition, which tests write into a folder and change there. */
final class DefinitionFiles {
    static final String SQL = "SELECT m.day AS day, m.value AS value\nFROM metric m\nJOIN tenant t ON t.id = m.tenant_id\n"
            + "WHERE t.slug = :tenant AND m.day >= :from AND m.day < :to\nORDER BY m.day";
    static final String PAGE = "<html><head><title>t</title></head><body>\n<h1>One</h1>\n{#for k in kpis}<p>{k.value.integer}</p>{/for}\n"
            + "</body></html>";

    private static final Map<String, String> FILES = Map.of(
            "report.yaml", "title: Mine\nmail: {subject: \"For {recipient.name}\"}\n",
            "kpis.sql", SQL,
            "report.html", PAGE,
            "report.css", "p { color: #123456; }",
            "mail.html", "<html><body>Hello {recipient.name}</body></html>",
            "mail.txt", "Hello {recipient.name}");

    private DefinitionFiles() {}

    static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var file : FILES.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }
}
