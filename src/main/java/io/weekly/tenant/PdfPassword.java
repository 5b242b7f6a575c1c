package io.weekly.tenant;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A change of a PDF password in a request: a new password, or JSON's null to remove the old one. If the request does not contain the field,
 * there is no such object, and the password stays. Responses never contain the field. So if a client sends a response back as a request,
 * the password stays.
 *
 * <p>This is not a record, because the {@code toString} of a record would contain the password. A password must not get into a log, an
 * event or a response.
 */
@Schema(type = SchemaType.STRING, format = "password", minLength = 8, maxLength = 127, writeOnly = true)
@JsonDeserialize(using = PdfPassword.Reader.class)
public final class PdfPassword {

    private static final PdfPassword REMOVE = new PdfPassword(null);
    private static final int MIN_CHARACTERS = 8;
    /** The limit of PDF 2.0, in UTF-8. */
    private static final int MAX_BYTES = 127;

    private final @Nullable String text;

    private PdfPassword(@Nullable String text) {
        this.text = text;
    }

    static PdfPassword of(String text) {
        return new PdfPassword(Normalizer.normalize(text, Normalizer.Form.NFC));
    }

    /** Whether the password is to be removed. */
    boolean isRemoval() {
        return text == null;
    }

    /** The new password, normalised to NFC. Fails for a removal. */
    String reveal() {
        if (text == null) {
            throw new IllegalStateException("the password is to be removed");
        }
        return text;
    }

    /** Refuses what PDF readers treat differently: compatibility characters (SASLprep or not), unusual blanks, control characters. */
    boolean isValid() {
        return text != null
                && text.codePointCount(0, text.length()) >= MIN_CHARACTERS
                && text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES
                && text.equals(Normalizer.normalize(text, Normalizer.Form.NFKC))
                && text.codePoints().allMatch(PdfPassword::isTypeable);
    }

    private static boolean isTypeable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }

    @Override
    public String toString() {
        return isRemoval() ? "no password" : "a password";
    }

    /** Distinguishes null from an absent field. */
    @RegisterForReflection
    static final class Reader extends StdScalarDeserializer<PdfPassword> {

        Reader() {
            super(PdfPassword.class);
        }

        @Override
        public PdfPassword deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return parser.hasToken(JsonToken.VALUE_STRING)
                    ? of(parser.getText())
                    : (PdfPassword) context.handleUnexpectedToken(PdfPassword.class, parser);
        }

        @Override
        public PdfPassword getNullValue(DeserializationContext context) {
            return REMOVE;
        }

        @Override
        public @Nullable Object getAbsentValue(DeserializationContext context) {
            return null;
        }
    }
}
