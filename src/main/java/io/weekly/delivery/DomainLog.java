package io.weekly.delivery;

import io.weekly.text.ControlCharacters;
import org.jboss.logging.Logger;

/** Writes the log lines about domains of recipients, once for each change. */
public final class DomainLog {

    private static final Logger MAIL_SERVER = Logger.getLogger("io.weekly.delivery");

    private DomainLog() {}

    /** A domain is paused, or open again. The reply has no address in it. */
    public static void changed(DomainReplies.Change change) {
        switch (change) {
            case DomainReplies.Change.Paused paused -> MAIL_SERVER.warnf(
                    "mail-domain.paused %s: it refused the sender several times in a row, so its mails wait; the last reply: %s",
                    paused.domain(), ControlCharacters.oneLine(paused.reply()));
            case DomainReplies.Change.Resumed resumed ->
                MAIL_SERVER.infof("mail-domain.resumed %s: it accepted a mail", resumed.domain());
        }
    }

    /** A probe of a paused domain had no result, and this could not be written. */
    static void longerPause(String domain, Throwable failure) {
        MAIL_SERVER.warnf("the pause of %s doubles, because the end of its probe could not be written: %s", domain, failure);
    }
}
