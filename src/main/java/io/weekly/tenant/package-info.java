/**
 * Tenants, their recipients, the recipients' preferences, and the metrics of the built-in report.
 *
 * <p><b>Model.</b> A {@link io.weekly.tenant.Tenant} is identified by its slug, a {@link io.weekly.tenant.Recipient} by its tenant and the
 * platform's user id. Neither is ever deleted: a report that was sent must stay provable after its recipient has ended. When a tenant ends,
 * its slug becomes free for a new tenant, which gets a new number and none of the old rows. A recipient that is stored again after it
 * ended becomes active again and keeps its history.
 *
 * <p>{@link io.weekly.tenant.Scope} says which data a caller may see. It is the first argument of every query. A bean whose data must
 * change together with a tenant implements {@link io.weekly.tenant.TenantListener}.
 *
 * <p>A {@link io.weekly.tenant.Preference} is what a recipient chose. It takes precedence over the recipient's data from the platform and
 * over the schedule, and it is kept when the recipient ends.
 *
 * <p>{@link io.weekly.tenant.Secrets} encrypts the PDF password of a tenant or recipient and binds it to its row. The API never returns a
 * password. A request that does not mention it leaves it unchanged ({@link io.weekly.tenant.PdfPassword}).
 *
 * <p><b>Invariants.</b> Each change writes its audit event in the same transaction. An upload writes one event for each chunk, with counts.
 * Each table is written by one class.
 *
 * <p><b>Failure cases.</b> If an upload breaks off, or the process dies, whole chunks are stored. Each line is an upsert, so the client can
 * send all of it again. Uploads lock rows in key order. If a deadlock happens nevertheless, the chunk runs again. The counts of created and
 * updated recipients are exact unless another upload creates the same recipients at the same moment. A repeated user id is detected by the
 * row's {@code updated_at}, so it is not reported if another request changed the row in between.
 */
@NullMarked
package io.weekly.tenant;

import org.jspecify.annotations.NullMarked;
