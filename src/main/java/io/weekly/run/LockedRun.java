package io.weekly.run;

import io.vertx.mutiny.sqlclient.Row;
import io.weekly.queue.RunChunk;
import io.weekly.report.DeliveryMode;
import io.weekly.report.ReportFormat;
import io.weekly.tenant.RecipientTags;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run, read in a transaction that has locked its row or one of its cursors; see {@link RunLocks}.
 *
 * @param scheduled whether a schedule started it; false if somebody started it by hand
 * @param windowMinutes over how many minutes its reports are spread
 * @param audience which recipients get a report; null for all
 * @param approver who gets the canaries; null if nobody has to approve
 * @param heldJobs whether it has jobs that are scheduled for the year 9999, or will have them
 * @param due how many reports it has so far
 * @param waits whether it waits for its data, or will wait when all its reports are queued
 */
record LockedRun(
        int tenantId, String id, String definition, String period, int revision, boolean scheduled, int windowMinutes,
        @Nullable Audience audience, Approval approval, @Nullable String approver, List<ReportFormat> formats, DeliveryMode delivery,
        RunState state, boolean heldJobs, int due, boolean waits) {

    static LockedRun of(Row row) {
        return new LockedRun(
                row.getInteger("tenant_id"),
                row.getString("id"),
                row.getString("definition"),
                row.getString("period"),
                row.getInteger("revision"),
                row.getString("triggered_by").equals(RunOrder.SCHEDULED),
                row.getInteger("window_minutes"),
                Audience.of(row.getString("audience")),
                Approval.of(row.getString("approval")),
                row.getString("owner"),
                ReportFormat.ofColumn(row.getString("formats")),
                DeliveryMode.of(row.getString("delivery")).orElseThrow(),
                RunState.of(row.getString("state")),
                row.getInteger("held_jobs") != 0,
                row.getInteger("due"),
                row.getInteger("waits") != 0);
    }

    /** The tags of its audience; empty for all recipients. */
    List<String> tags() {
        return audience == null ? List.of() : audience.tags();
    }

    /** The condition on {@code recipient rc}, to be added to others, with the tags as its values; empty for all recipients. */
    String audienceCondition() {
        return tags().isEmpty() ? "" : "\n  AND " + RecipientTags.anyOf(tags().size());
    }

    /**
     * A part of its reports, for the queue.
     *
     * @param reports how many there are, as far as the queue has to know
     * @param after recipients with ids greater than this one …
     * @param upTo … up to and including this one
     */
    RunChunk chunk(int reports, long after, long upTo) {
        return new RunChunk(tenantId, id, definition, period, revision, windowMinutes, heldJobs, reports, after, upTo);
    }
}
