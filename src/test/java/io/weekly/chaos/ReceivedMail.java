package io.weekly.chaos;

import io.weekly.audit.Sha256;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The parts of a mail that the tests check.
 *
 * @param attachments SHA-256 in hex of each PDF
 */
record ReceivedMail(String messageId, List<String> attachments) {

    private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^message-id:\\s*<([^>]*)>");
    /** The header of a part, an empty line, and base64 up to the next boundary or the end. */
    private static final Pattern PDF =
            Pattern.compile("(?i)content-type: application/pdf(?:[^\\n]*\\n)(?:[^\\n]+\\n)*\\n([a-z0-9+/=\\n]*)");

    static ReceivedMail of(List<String> lines) {
        var text = String.join("\n", lines) + "\n";
        var messageId = MESSAGE_ID.matcher(text);
        var attachments = new ArrayList<String>();
        var pdf = PDF.matcher(text);
        while (pdf.find()) {
            attachments.add(Sha256.hex(Base64.getMimeDecoder().decode(pdf.group(1))));
        }
        return new ReceivedMail(messageId.find() ? messageId.group(1) : "", List.copyOf(attachments));
    }
}
