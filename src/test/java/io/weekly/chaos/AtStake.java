package io.weekly.chaos;

import io.weekly.testing.Application;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The addresses whose dialogue with the mail server may have been cut, as they stood in the database when it happened. A report that is
 * flagged must be one of them.
 */
final class AtStake {

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

    AtStake(Application application, Inbox inbox) {
        this.application = application;
        this.inbox = inbox;
    }

    /** Before something that every replica will feel: what is under way, and what is flagged already, which that cannot explain. */
    void before() throws SQLException {
        flaggedBefore = flagged();
        cut.addAll(handingOver());
    }

    /** After it. Replicas may be at work again: what they have taken up and flagged meanwhile was at stake, too. */
    void after() throws SQLException {
        cut.addAll(handingOver());
        var flaggedSince = flagged();
        flaggedSince.removeAll(flaggedBefore);
        cut.addAll(flaggedSince);
    }

    /** @param elsewhere addresses of dialogues that what happened did not touch */
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

    /** With those that the mail server knows of: it left them without a reply, or saw the client go away. */
    Set<String> addresses() {
        var all = new TreeSet<>(cut);
        all.addAll(inbox.brokenOff());
        return all;
    }

    /** Dialogues that the mail server left before it had been told for whom they were: of them there is but the number. */
    int nameless() {
        return inbox.leftBeforeTheRecipient();
    }

    @Override
    public String toString() {
        return "%d addresses at stake by what happened to replicas and database, %d with those whose dialogue the mail server saw break off"
                .formatted(cut.size(), addresses().size()) + "; it left %d more before it knew their recipient".formatted(nameless());
    }
}
