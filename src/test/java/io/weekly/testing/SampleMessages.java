package io.weekly.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Messages of mail systems in the form of well-known programs, about a mail of the caller. They are in src/test/resources/dsn. */
public record SampleMessages(String messageId, String reference, String recipient) {

    private static final Path FOLDER = Path.of("src/test/resources/dsn");

    /** About a delivery of a report. */
    public static SampleMessages about(String reportId, int number, String recipient) {
        return new SampleMessages("<%s.%d@localhost>".formatted(reportId, number), reportId + "." + number, recipient);
    }

    /** A notification of Postfix with this action, status and reply of the recipient's mail server. */
    public byte[] postfix(String action, String status, String reply) {
        return fill("postfix", Map.of("$ACTION", action, "$STATUS", status, "$REPLY", reply));
    }

    /** Any other message. */
    public byte[] named(String name) {
        return fill(name, Map.of());
    }

    private byte[] fill(String name, Map<String, String> others) {
        try {
            var text = Files.readString(FOLDER.resolve(name + ".eml"))
                    .replace("$MESSAGE_ID", messageId).replace("$REPORT", reference).replace("$RECIPIENT", recipient);
            for (var other : others.entrySet()) {
                text = text.replace(other.getKey(), other.getValue());
            }
            return text.getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
