package io.weekly.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Searches logs for things that must never be in them. Some have a form that nothing else has, such as a token. Passwords and mails have
 * none, so the tests use the words that this class looks for.
 */
public final class LogSecrets {

    /** In the passwords of PDFs. */
    public static final List<String> PDF_PASSWORDS = List.of("correct horse", "battery staple", "only here acme");
    /** In the passwords of database users. */
    public static final List<String> DATABASE_PASSWORDS = List.of("s3cret-of-a-user", "a-Password-1");

    private static final Map<String, Pattern> KINDS = kinds();

    private LogSecrets() {}

    private static Map<String, Pattern> kinds() {
        var kinds = new LinkedHashMap<String, Pattern>();
        kinds.put("a token of a caller", Pattern.compile("\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}"));
        kinds.put("the token of a link", Pattern.compile("1\\.[A-Za-z0-9_-]{1,32}\\.[0-9a-f]{32}\\.[A-Za-z0-9_-]{40,43}"));
        kinds.put("an Authorization header", Pattern.compile("\\b(Bearer|AUTH (PLAIN|LOGIN)) +[A-Za-z0-9+/=._-]{12,}"));
        kinds.put("a private key", Pattern.compile("BEGIN [A-Z ]*PRIVATE KEY"));
        // 32 bytes in Base64: the form of weekly.keys.*. The lines of seals have public keys.
        kinds.put("a key", Pattern.compile("(?<![A-Za-z0-9+/_-])(?<!\"publicKey\":\")[A-Za-z0-9+/]{43}=(?![A-Za-z0-9+/=])"));
        kinds.put("the password of a PDF", anyOf(PDF_PASSWORDS));
        kinds.put("the password of a database user", anyOf(DATABASE_PASSWORDS));
        // The first words of the built-in mails, a line of each message on its way, and the first bytes of a PDF in Base64.
        kinds.put("the body of a mail", anyOf(List.of("Here are your key figures", "Hier sind Ihre Kennzahlen", "JVBERi0")));
        kinds.put("the source of a mail", Pattern.compile("Content-Transfer-Encoding:", Pattern.CASE_INSENSITIVE));
        return kinds;
    }

    private static Pattern anyOf(List<String> texts) {
        return Pattern.compile(String.join("|", texts.stream().map(Pattern::quote).toList()));
    }

    /** A line that must not be in a log. It does not contain what was found, because this would put it into one more log. */
    public record Found(Path file, int line, String kind) {

        @Override
        public String toString() {
            return "%s:%d has %s".formatted(file, line, kind);
        }
    }

    /** What these files have that they must not have. */
    public static List<Found> in(List<Path> files) throws IOException {
        var found = new ArrayList<Found>();
        for (var file : files) {
            // Not UTF-8: a process that was killed may have left half a character.
            try (var lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
                var number = 0;
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    number++;
                    for (var kind : KINDS.entrySet()) {
                        if (kind.getValue().matcher(line).find()) {
                            found.add(new Found(file, number, kind.getKey()));
                        }
                    }
                }
            }
        }
        return found;
    }
}
