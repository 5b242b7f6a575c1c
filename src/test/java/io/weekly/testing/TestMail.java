package io.weekly.testing;

import io.weekly.dev.Outbox;
import io.weekly.dev.Outbox.Mail;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The mails that the application sent in this test JVM, newest first. */
public final class TestMail {
    /** The recipients of mails by id. Mails do not change, and a test JVM collects thousands: parsing all for each question takes long. */
    private static final Map<String, String> RECIPIENTS = new ConcurrentHashMap<>();

    private TestMail() {
    }

    public static List<Mail> to(String address) {
        var outbox = outbox();
        return outbox.ids().stream()
                .filter(id -> address.equals(recipients(outbox, id)))
                .flatMap(id -> outbox.mail(id).stream())
                .toList();
    }

    private static @Nullable String recipients(Outbox outbox, String id) {
        return RECIPIENTS.computeIfAbsent(id, first -> outbox.mail(first).map(Mail::to).orElse(null));
    }

    /** The messages to an address as they came over the wire, newest first. */
    public static List<MimeMessage> messagesTo(String address) {
        return to(address).stream().map(mail -> message(outbox().raw(mail.id()).orElseThrow())).toList();
    }

    /** The newest message to an address, byte for byte. */
    public static byte[] rawTo(String address) {
        return outbox().raw(to(address).getFirst().id()).orElseThrow();
    }

    private static MimeMessage message(byte[] raw) {
        try {
            return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(raw));
        } catch (MessagingException e) {
            throw new IllegalStateException("a caught mail cannot be parsed", e);
        }
    }

    public static void clear() {
        outbox().clear();
    }

    private static Outbox outbox() {
        return new Outbox(Path.of(System.getProperty(TestServers.FOLDER), "outbox"));
    }
}
