package io.weekly.delivery.inbound;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of a message that {@link MailSystemMessage} has. The message comes from strangers, so everything is bounded. A message
 * that is cut off, or that has a fault, is read as far as it goes: the parts that matter come first.
 */
final class MessageReader {

    private static final int MAX_PART = 64 * 1024;
    private static final int MAX_PARTS = 50;
    private static final int MAX_DEPTH = 8;
    private static final MimeConfig LIMITS = MimeConfig.custom()
            // The size of the whole message is the limit. Fields cuts long values and leaves superfluous fields out.
            .setMaxLineLen(-1)
            .setMaxHeaderLen(-1)
            .setMaxHeaderCount(-1)
            .setMalformedHeaderStartsBody(true)
            .build();

    private final MimeTokenStream tokens = new MimeTokenStream(LIMITS);
    private final Fields header = new Fields();
    private int depth;
    private int parts;
    private @Nullable List<Fields> status;
    private @Nullable Fields feedback;
    private @Nullable Fields returned;
    private @Nullable String text;

    private MessageReader() {}

    /** The message, as far as it can be read; empty if no part of it can be read. */
    static Optional<MailSystemMessage> read(byte[] message) {
        var reader = new MessageReader();
        try {
            reader.readAll(message);
        } catch (MimeException | IOException | RuntimeException _) {
            // The parser throws unchecked exceptions for some malformed messages too. What is wrong with it helps nobody.
            return reader.isWithoutParts() ? Optional.empty() : Optional.of(reader.message());
        }
        return Optional.of(reader.message());
    }

    private boolean isWithoutParts() {
        return status == null && feedback == null && text == null;
    }

    private MailSystemMessage message() {
        return new MailSystemMessage(header, status, feedback, returned, text == null ? "" : text);
    }

    private void readAll(byte[] message) throws MimeException, IOException {
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
        tokens.parse(new ByteArrayInputStream(message));
        for (var state = tokens.getState(); state != EntityState.T_END_OF_STREAM && parts <= MAX_PARTS; state = tokens.next()) {
            read(state);
        }
    }

    private void read(EntityState state) throws MimeException, IOException {
        switch (state) {
            case T_FIELD -> {
                if (parts == 0 && depth == 0) {
                    header.add(tokens.getField().getName(), tokens.getField().getBody());
                }
            }
            case T_START_MULTIPART -> {
                if (++depth > MAX_DEPTH) {
                    throw new MimeException("too many nested parts");
                }
            }
            case T_END_MULTIPART -> depth--;
            case T_BODY -> {
                parts++;
                readBody(tokens.getBodyDescriptor().getMimeType());
            }
            default -> {}
        }
    }

    /** The first part of each kind counts. */
    private void readBody(String type) throws IOException {
        switch (type) {
            case "message/delivery-status", "message/global-delivery-status" -> status = status == null ? Fields.blocks(body()) : status;
            case "message/feedback-report" -> feedback = feedback == null ? Fields.first(body()) : feedback;
            case "message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers", "message/global-headers" ->
                    returned = returned == null ? Fields.first(body()) : returned;
            case "text/plain" -> text = text == null ? body() : text;
            default -> {}
        }
    }

    private String body() throws IOException {
        return new String(tokens.getDecodedInputStream().readNBytes(MAX_PART), StandardCharsets.UTF_8);
    }
}
