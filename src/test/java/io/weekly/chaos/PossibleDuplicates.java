package io.weekly.chaos;

import io.weekly.testing.Application;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The addresses whose dialogue with the mail server may have been interrupted, read from the database at that moment. Each flagged report
 * has to be one of them.
 */
final class PossibleDuplicates {

    private static final String HANDING_OVER =
            """
            SELECT rc.email
            FROM job j
            JOIN report r ON r.tenant_id = j.tenant_id AND r.id = j.report_id
            JOIN recipient rc ON rc.tenant_id = r.tenant_id AND rc.id = r.recipient_id
            WHERE j.handing_over""";
    private static final String FLAGGED =
            """
            SELECT rc.email
            FROM report r
            JOIN recipient rc ON rc.tenant_id = r.tenant_id AND rc.id = r.recipient_id
            LEFT JOIN delivery d ON d.tenant_id = r.tenant_id AND d.report_id = r.id
            WHERE d.unknown_before OR r.status = 'unknown'""";

    private final Application application;
    private final Inbox inbox;
    private final Set<String> cut = new TreeSet<>();
    private Set<String> flaggedBefore = Set.of();

    PossibleDuplicates(Application application, Inbox inbox) {
        this.application = application;
        this.inbox = inbox;
    }

    /** Called before a failure that affects all replicas: notes the current dialogues, and which reports are flagged already. */
    void before() throws SQLException {
        flaggedBefore = flagged();
        cut.addAll(handingOver());
    }

    /** Called after it. The replicas may work again, so reports that were flagged since then were affected, too. */
    void after() throws SQLException {
        cut.addAll(handingOver());
        var flaggedSince = flagged();
        flaggedSince.removeAll(flaggedBefore);
        cut.addAll(flaggedSince);
    }

    /** @param elsewhere addresses of dialogues that the failure did not affect */
    void allBut(Collection<String> elsewhere) throws SQLException {
        var touched = handingOver();
        touched.removeAll(elsewhere);
        cut.addAll(touched);
    }

    private Set<String> handingOver() throws SQLException {
        return new HashSet<>(application.column(HANDING_OVER));
    }

    private Set<String> flagged() throws SQLException {
        return new HashSet<>(application.column(FLAGGED));
    }

    /** Includes those that the mail server knows: it sent no reply, or the client disconnected. */
    Set<String> addresses() {
        var all = new TreeSet<>(cut);
        all.addAll(inbox.brokenOff());
        return all;
    }

    /** The number of dialogues that the mail server ended before it knew the recipient. */
    int nameless() {
        return inbox.leftBeforeTheRecipient();
    }

    @Override
    public String toString() {
        return "%d addresses at stake by what happened to replicas and database, %d with those whose dialogue the mail server saw break off"
                .formatted(cut.size(), addresses().size()) + "; it left %d more before it knew their recipient".formatted(nameless());
    }
}
