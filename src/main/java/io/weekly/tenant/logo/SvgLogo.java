package io.weekly.tenant.logo;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Parses an SVG without DOCTYPE and entities, and checks its content with {@link SvgRules}. */
final class SvgLogo {

    private static final Pattern BEGINNING = Pattern.compile("\\A\\x{feff}?\\s*<[?!A-Za-z]");
    private static final Pattern OTHER_ENCODING =
            Pattern.compile("\\A\\x{feff}?\\s*<\\?xml[^>]*encoding\\s*=\\s*[\"'](?!(?i)utf-8[\"'])");

    private SvgLogo() {}

    static boolean matches(byte[] bytes) {
        return BEGINNING.matcher(new String(bytes, 0, Math.min(bytes.length, 200), StandardCharsets.UTF_8)).find();
    }

    static Optional<String> fault(byte[] bytes) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (OTHER_ENCODING.matcher(text).find()) {
                return Optional.of("must declare UTF-8 or no encoding");
            }
            parser().parse(new InputSource(new StringReader(text.startsWith("\ufeff") ? text.substring(1) : text)), new SvgRules());
            return Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.of("is not UTF-8");
        } catch (SvgRules.RuleViolation e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (SAXParseException e) {
            return Optional.of("is not well-formed XML without DOCTYPE (line %d): save it as plain SVG".formatted(e.getLineNumber()));
        } catch (SAXException e) {
            return Optional.of("is not well-formed XML");
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory could not be read", e);
        }
    }

    private static SAXParser parser() {
        try {
            var factory = SAXParserFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newSAXParser();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("this JDK's XML parser cannot refuse a DOCTYPE", e);
        }
    }
}
