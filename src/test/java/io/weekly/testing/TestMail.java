package io.weekly.testing;

import io.weekly.dev.Outbox;
import io.weekly.dev.Outbox.Mail;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** The mails that the application sent in this test JVM, newest first. */
public final class TestMail {
    private TestMail() {
    }

    public static List<Mail> all() {
        return outbox().mails();
    }

    public static List<Mail> to(String address) {
        return all().stream().filter(mail -> mail.to().equals(address)).toList();
    }

    /** The messages to an address as they came over the wire, newest first. */
    public static List<MimeMessage> messagesTo(String address) {
        return to(address).stream().map(mail -> message(outbox().raw(mail.id()).orElseThrow())).toList();
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
