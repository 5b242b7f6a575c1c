package io.weekly.testing;

import io.weekly.dev.Outbox;
import io.weekly.dev.Outbox.Mail;
import java.nio.file.Path;
import java.util.List;

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

    public static void clear() {
        outbox().clear();
    }

    private static Outbox outbox() {
        return new Outbox(Path.of(System.getProperty(TestServers.FOLDER), "outbox"));
    }
}
