package io.weekly.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The search that {@link SuiteLogs} does in the logs of all tests finds what it has to find. */
class LogSecretsTest {

    private static final String ORDINARY = "2026-11-30 07:00:00.000 INFO  [io.we.ru.RunEvents] the run 0%s of acme has ended";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        a token of a caller             | refused eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1LTE3In0.c2lnbmF0dXJl
        the token of a link             | GET /d/1.k1.0123456789abcdef0123456789abcdef.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ
        an Authorization header         | Authorization: Bearer 0123456789abcdef
        an Authorization header         | > AUTH PLAIN AHdlZWtseQBwYXNzd29yZA==
        a private key                   | -----BEGIN PRIVATE KEY-----
        a key                           | weekly.keys.k1 is MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=
        the password of a PDF           | {"userId": "u-9", "pdfPassword": "correct horse 1"}
        the password of a database user | jdbc:mysql://127.0.0.1/weekly?user=weekly&password=s3cret-of-a-user
        the body of a mail              | Here are your key figures for the week from 16 to 22 November.
        the source of a mail            | Content-Transfer-Encoding: base64
        """)
    void eachKindIsFoundWithItsFileAndLineAndIsNotRepeated(String kind, String line) throws IOException {
        var log = Files.write(folder.resolve("test.log"), List.of(ORDINARY, line, ORDINARY));

        assertThat(LogSecrets.in(List.of(log))).singleElement().satisfies(found -> {
            assertThat(found).isEqualTo(new LogSecrets.Found(log, 2, kind));
            assertThat(found.toString()).isEqualTo(log + ":2 has " + kind).doesNotContain(line);
        });
    }

    @Test
    void ordinaryLinesAreNoSecrets() throws IOException {
        var log = Files.write(folder.resolve("test.log"), List.of(
                ORDINARY.formatted("123456789abcdef0123456789abcdef"),
                "the file 7/2026/0123456789abcdef0123456789abcdef.pdf has the SHA-256 " + "0123456789abcdef".repeat(4),
                "what needs the keys of weekly.keys: k1: 12 pdfPasswords; k2 (current): 3 pdfPasswords",
                "the token names no user; a link of acme was revoked; the password of u-9 was changed"));

        assertThat(LogSecrets.in(List.of(log))).isEmpty();
    }
}
