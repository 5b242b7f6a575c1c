package io.weekly.testing;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import java.util.ArrayList;
import java.util.List;

/** The parts of a MIME message. */
public final class MailParts {

    private MailParts() {}

    /** All parts of a message, at each depth. */
    public static List<Part> parts(Part part) throws Exception {
        List<Part> all = new ArrayList<>(List.of(part));
        if (part.getContent() instanceof Multipart several) {
            for (var i = 0; i < several.getCount(); i++) {
                all.addAll(parts(several.getBodyPart(i)));
            }
        }
        return all;
    }

    /** The only part of this media type. */
    public static Part only(List<Part> parts, String type) {
        var found = parts.stream().filter(part -> is(part, type)).toList();
        assertThat(found).as(type).hasSize(1);
        return found.getFirst();
    }

    /** Whether a part has this media type, for example {@code image/*}. */
    public static boolean is(Part part, String type) {
        try {
            return part.isMimeType(type);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
