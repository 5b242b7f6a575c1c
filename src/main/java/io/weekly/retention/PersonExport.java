package io.weekly.retention;

import io.weekly.access.link.Link;
import io.weekly.audit.AuditTrail;
import io.weekly.delivery.PastDeliveries.PastDelivery;
import io.weekly.delivery.suppression.SoftBounce;
import io.weekly.delivery.suppression.Suppression;
import io.weekly.owner.SentLetters.PersonLetter;
import io.weekly.report.Report;
import io.weekly.tenant.Preference;
import io.weekly.tenant.Recipient;
import java.util.List;

/**
 * Everything that the service holds on one recipient, as the API returns it.
 *
 * @param earlierAddresses the addresses that it had before, as far as they are known, and that nobody else of the tenant has now
 * @param reports its reports, newest first, with the paths of their files; samples of its reports too
 * @param deliveries the mails of these reports
 * @param links the links to files of these reports, oldest first
 * @param suppressions those of its addresses
 * @param softBounces the weeks in which the mailboxes of its addresses were full
 * @param samples the ids of samples of other recipients' reports that were mailed to one of its addresses
 * @param schedules the ids of schedules that have one of its addresses as their owner
 * @param letters the letters of the last 30 days to owners of schedules that went to one of its addresses, oldest first
 * @param runs the ids of runs that it started, or that one of its addresses was to approve
 * @param events what happened to it, oldest first
 * @param actions what it did, newest first
 * @param auditTexts the texts about it in all audit events, oldest first: addresses, and replies of mail servers
 * @param complete false if one of the lists was too long and has only its first part
 */
public record PersonExport(
        Recipient recipient,
        List<String> earlierAddresses,
        Preference preferences,
        List<Report> reports,
        List<PastDelivery> deliveries,
        List<Link> links,
        List<Suppression> suppressions,
        List<SoftBounce> softBounces,
        List<String> samples,
        List<String> schedules,
        List<PersonLetter> letters,
        List<String> runs,
        List<AuditTrail.Entry> events,
        List<AuditTrail.Entry> actions,
        List<String> auditTexts,
        boolean complete) {

    PersonExport with(List<Suppression> suppressed, List<SoftBounce> weeks, List<PersonLetter> told, boolean areComplete) {
        return new PersonExport(
                recipient, earlierAddresses, preferences, reports, deliveries, links, suppressed, weeks, samples, schedules, told, runs,
                events, actions, auditTexts, complete && areComplete);
    }
}
