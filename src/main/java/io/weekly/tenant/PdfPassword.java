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

/**
 * What a request says of a password: another one, or null for none from now on. Where it says nothing there is no object of this, and
 * the password stays as it is: whoever sends back what it was given, which never has one, takes no protection away.
 *
 * <p>It is no record and its text is in nothing that is written: not in a log, an event, an answer or a problem.
 */
@Schema(type = SchemaType.STRING, format = "password", minLength = 8, maxLength = 127, writeOnly = true)
@JsonDeserialize(using = PdfPassword.Reader.class)
public final class PdfPassword {

    private static final PdfPassword NONE = new PdfPassword(null);
    private static final int MIN_CHARACTERS = 8;
    /** What PDF 2.0 takes of a password, in UTF-8. */
    private static final int MAX_BYTES = 127;

    private final String text;

    private PdfPassword(String text) {
        this.text = text;
    }

    static PdfPassword of(String text) {
        return new PdfPassword(Normalizer.normalize(text, Normalizer.Form.NFC));
    }

    boolean isNone() {
        return text == null;
    }

    /** As readers of PDFs are given it, composed (NFC); not for a password that is none. */
    String reveal() {
        return text;
    }

    /** Readers differ in what they make of compatibility characters (SASLprep or not), blanks other than a space and controls. */
    boolean isValid() {
        return text.codePointCount(0, text.length()) >= MIN_CHARACTERS
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
        return isNone() ? "no password" : "a password";
    }

    /** Tells null from nothing said. */
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
            return NONE;
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return null;
        }
    }
}
