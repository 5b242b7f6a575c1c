/**
 * Health and diagnostics for operators.
 *
 * <p><b>Model.</b> {@link io.weekly.ops.DatabaseReadiness} is the readiness check: the service's database answers, and its sessions use
 * READ COMMITTED and UTC. Quarkus provides liveness. In production both are on the management port. {@link io.weekly.ops.TimerLog} logs
 * the failures of scheduled methods. {@link io.weekly.ops.SourceRights} warns once, at the start in production, if the database user that
 * reads datasets may do more than read. The counters of the stages stand in {@code worker}.
 *
 * <p><b>Failure cases.</b> If the database is unavailable, the process is not ready and otherwise keeps running: its lanes poll on and
 * continue as soon as the database answers again. {@code database} logs one line when the connection is lost and one when it is back.
 */
@NullMarked
package io.weekly.ops;

import org.jspecify.annotations.NullMarked;
