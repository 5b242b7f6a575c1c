/**
 * Tenants, their recipients, the recipients' preferences, and the metrics of the built-in report.
 *
 * <p><b>Model.</b> A {@link io.weekly.tenant.Tenant} is identified by its slug, a {@link io.weekly.tenant.Recipient} by its tenant and the
 * platform's user id. Both can be ended, but their rows are never deleted: the service must be able to prove later which reports it sent.
 * When a tenant ends, a new tenant may use its slug. The new tenant gets a new number, so it does not see the data of the old one. If a
 * recipient that has ended is stored again, the row becomes active again and keeps its reports. But it stands for another person: the end
 * deletes the PDF password and the preferences, and increments {@code incarnation}. A report has the incarnation of the moment when it was
 * queued. If the two differ, the report ends as suppressed. A recipient that is only switched off ({@code active: false}) stays the same
 * person.
 *
 * <p>A recipient can also be erased ({@link io.weekly.tenant.RecipientErasure}), and so can all recipients of a tenant that has ended. Then
 * the row keeps only its number, to which reports refer. Other packages that hold something on persons implement {@link
 * io.weekly.tenant.PersonalData}.
 *
 * <p>Slugs, user ids, tags and the names of metrics are compared exactly, in Java and in the database, whose collation does not ignore
 * blanks at an end. {@link io.weekly.tenant.constraint.Identifier} refuses new ones with blanks or invisible characters at an end, because
 * nobody would see the difference.
 *
 * <p>{@link io.weekly.tenant.Scope} says which data a caller may see. Queries on the data of tenants take it as their first argument. If a
 * bean must change its data in the same transaction as a tenant, it implements {@link io.weekly.tenant.TenantListener}.
 *
 * <p>A {@link io.weekly.tenant.Preference} holds the choices of a recipient: formats, locale, a pause, and unsubscribed definitions. These
 * choices take precedence over the recipient's data from the platform and over the schedule. They are deleted when the recipient ends.
 *
 * <p>{@link io.weekly.tenant.Secrets} encrypts the PDF password of a tenant or recipient with a key of the keyring, and binds it to its
 * row. The API never returns a password. A request that does not mention it leaves it unchanged ({@link io.weekly.tenant.PdfPassword}).
 *
 * <p>A name or locale that reports cannot show is stored, and the JSON then has {@code warnings}.
 *
 * <p><b>Invariants.</b> Each change writes its audit event in the same transaction. An upload writes one event for each chunk, with counts.
 * Each table is written by one class.
 *
 * <p><b>Failure cases.</b> If an upload breaks off, or the process dies, the chunks that were committed stay stored. Each line is an
 * upsert, so the client can send the whole upload again. Uploads lock rows in key order. If a deadlock happens nevertheless, the chunk runs
 * again. The counts of created and updated recipients are exact unless another upload creates the same recipients at the same moment. An
 * upload detects a repeated user id because its earlier line has set {@code updated_at} of the row. If another request changes the row in
 * between, the repetition is not reported.
 */
@NullMarked
package io.weekly.tenant;

import org.jspecify.annotations.NullMarked;
