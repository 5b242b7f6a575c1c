/**
 * Who gets reports, and what they are made from: tenants, their recipients, their figures.
 *
 * <p><b>Model.</b> A {@link io.weekly.tenant.Tenant} is found by its slug, a {@link io.weekly.tenant.Recipient} by its tenant and the
 * platform's user id. Both end softly: a report that was sent must stay provable when its recipient is gone. An ended tenant gives its
 * slug free and nobody inherits its rows, because they hang on its number; an ended recipient keeps its user id and comes back, with
 * its history, when it is stored again. {@link io.weekly.tenant.Scope} says whose things a caller may see, and is the first argument of
 * every query. What must change together with a tenant implements {@link io.weekly.tenant.TenantListener}.
 *
 * <p>What a recipient chose for itself, its {@link io.weekly.tenant.Preference}, outlives its end and comes back with it. It goes before
 * what the platform says of it and before what a schedule wants.
 *
 * <p>The password of its PDFs that a tenant or a recipient has is kept by {@link io.weekly.tenant.Secrets}, encrypted and bound to its row,
 * and shown to nobody. A request that does not name it leaves it as it is ({@link io.weekly.tenant.PdfPassword}).
 *
 * <p>A {@link io.weekly.tenant.logo.Logo} is taken only when its bytes are what they say: PNG and JPEG whole and with nothing behind their
 * end, an SVG with known elements only, none of which runs anything or leads outside. So whatever shows it later need not look again.
 *
 * <p>Every change writes its audit event in its own transaction. Uploads of many rows are chunks, each a transaction with one event
 * that has the counts: 100,000 events would say no more.
 *
 * <p><b>Failure cases.</b> An upload that breaks off has stored whole chunks; since each line is an upsert, sending all of it again
 * is right. Two uploads at once take their locks in the order of the keys; a deadlock that happens nevertheless runs the chunk again.
 * Counts of created and updated are exact unless another upload creates the same recipients at the same moment. That a line took the
 * place of an earlier one of its upload is read off the row's time, so it goes unsaid where somebody else has changed the row in between.
 * Texts that could end a mail's header are refused here, where they come in.
 */
package io.weekly.tenant;
