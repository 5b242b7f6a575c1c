package io.weekly.dev;

import com.fasterxml.jackson.annotation.JsonIgnore;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The caught mails: a folder with one file for each message, as it was received. The name of the file is the id of the mail, so ids do not
 * change at a restart. Ids sort by the time of arrival.
 */
public record Outbox(Path folder) {
    private static final String EXTENSION = ".eml";
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** @param bytes the size of the content */
    public record Attachment(String name, String type, int bytes, @JsonIgnore byte[] content) {
    }

    /** A caught mail. Its content is left out of JSON. */
    public record Mail(String id, String from, String to, String subject, Instant date, List<Attachment> attachments,
            @JsonIgnore String messageId, @JsonIgnore String text, @JsonIgnore String html) {
    }

    /** Stores a mail and returns its id. The file appears complete. */
    String add(MimeMessage message) throws IOException, MessagingException {
        Files.createDirectories(folder);
        String id = WHEN.format(Instant.now()) + "-%04d".formatted(COUNT.incrementAndGet() % 10_000);
        Path part = folder.resolve(id + ".part");
        try (OutputStream out = Files.newOutputStream(part)) {
            message.writeTo(out);
        }
        Files.move(part, folder.resolve(id + EXTENSION), StandardCopyOption.ATOMIC_MOVE);
        return id;
    }

    /** All mails, newest first. */
    public List<Mail> mails() {
        return ids().stream().flatMap(id -> mail(id).stream()).toList();
    }

    /** The ids of all mails, newest first. */
    public List<String> ids() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(EXTENSION))
                    .sorted(Comparator.reverseOrder())
                    .map(name -> name.substring(0, name.length() - EXTENSION.length()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The mail. Empty if there is no mail with this id. */
    public Optional<Mail> mail(String id) {
        return raw(id).map(message -> parse(id, message));
    }

    /** The message as it was received. Empty if there is no mail with this id, or if it is not the form of an id. */
    public Optional<byte[]> raw(String id) {
        if (!id.matches("[0-9T]{18}-[0-9]{4}")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAllBytes(folder.resolve(id + EXTENSION)));
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    /** Deletes all mails. */
    public void clear() {
        Folders.delete(folder);
    }

    private static Mail parse(String id, byte[] raw) {
        try {
            MimeMessage message = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(raw));
            Parts parts = new Parts();
            parts.collect(message);
            Instant date = Optional.ofNullable(message.getSentDate()).map(sent -> Instant.ofEpochMilli(sent.getTime()))
                    .orElseGet(() -> WHEN.parse(id.substring(0, 18), Instant::from));
            return new Mail(id, addresses(message.getFrom()), addresses(message.getAllRecipients()),
                    Optional.ofNullable(message.getSubject()).orElse(""), date, List.copyOf(parts.attachments),
                    Optional.ofNullable(message.getMessageID()).orElse(""), parts.text.toString(), parts.html.toString());
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException("The mail " + id + " cannot be parsed", e);
        }
    }

    private static String addresses(Address[] addresses) {
        return addresses == null ? "" : Arrays.stream(addresses)
                .map(address -> address instanceof InternetAddress internet ? internet.getAddress() : address.toString())
                .collect(Collectors.joining(", "));
    }

    /** Collects the parts of a message, at each depth. */
    private static final class Parts {
        private final List<Attachment> attachments = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder html = new StringBuilder();

        void collect(Part part) throws MessagingException, IOException {
            if (part.getContent() instanceof Multipart several) {
                for (int i = 0; i < several.getCount(); i++) {
                    collect(several.getBodyPart(i));
                }
            } else if (Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition())) {
                byte[] content = bytes(part);
                attachments.add(new Attachment(fileName(part), part.getContentType().split(";", 2)[0].strip(), content.length, content));
            } else if (part.isMimeType("text/plain")) {
                text.append(part.getContent());
            } else if (part.isMimeType("text/html")) {
                html.append(part.getContent());
            }
        }

        private static String fileName(Part part) throws MessagingException, IOException {
            String name = part.getFileName();
            return name == null ? "" : MimeUtility.decodeText(name);
        }

        private static byte[] bytes(Part part) throws MessagingException, IOException {
            try (InputStream in = part.getInputStream()) {
                return in.readAllBytes();
            }
        }
    }
}
