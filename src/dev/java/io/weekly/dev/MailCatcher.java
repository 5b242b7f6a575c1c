package io.weekly.dev;

import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.UserImpl;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** An SMTP server on 127.0.0.1 that accepts each mail and keeps it in an {@link Outbox}, without delivering it. */
public final class MailCatcher implements AutoCloseable {
    private final GreenMail server;

    private MailCatcher(GreenMail server) {
        this.server = server;
    }

    public static MailCatcher start(Outbox outbox) {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        ImapHostManager mailboxes = server.getManagers().getImapHostManager();
        server.getUserManager().setMessageDeliveryHandler((message, to) -> new Recipient(message, to, mailboxes, outbox));
        server.start();
        return new MailCatcher(server);
    }

    public int port() {
        return server.getSmtp().getPort();
    }

    @Override
    public void close() {
        server.stop();
    }

    /** GreenMail delivers once per recipient, in memory. This keeps each message once, on disk, before the sender gets its 250. */
    private static final class Recipient extends UserImpl {
        private final boolean first;
        private final Outbox outbox;

        Recipient(MovingMessage message, MailAddress to, ImapHostManager mailboxes, Outbox outbox) {
            super(to.getEmail(), to.getEmail(), "", mailboxes);
            this.first = message.getToAddresses().iterator().next().equals(to);
            this.outbox = outbox;
        }

        @Override
        public void deliver(MovingMessage message) {
            if (!first) {
                return;
            }
            try {
                outbox.add(message.getMessage());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
