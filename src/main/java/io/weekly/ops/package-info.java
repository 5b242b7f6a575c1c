/**
 * Health and diagnostics for operators.
 *
 * <p><b>Model.</b> {@link io.weekly.ops.DatabaseReadiness} is the readiness check: the service's database answers and takes writes, and its
 * sessions use READ COMMITTED and UTC. {@link io.weekly.ops.DatabaseCheck} also finds out when an outage of the database ends. The liveness
 * check is in {@code worker}. In production both are on the management port. {@link io.weekly.ops.TimerLog} logs the failures of scheduled
 * methods. {@link io.weekly.ops.SourceRights} warns once, at the start in production, if the database user that reads datasets may do more
 * than read. The meters are in the packages that they are about: those of stages in {@code worker}, those of runs in {@code run}.
 *
 * <p><b>Failure cases.</b> If the database is away, the readiness check fails, but the process keeps running. Its timers and lanes continue
 * as soon as the database answers again. Package {@code database} logs one line when the outage begins, and one line when it ends. This
 * package keeps nothing in the database, so nothing is lost when the process dies.
 */
@NullMarked
package io.weekly.ops;

import org.jspecify.annotations.NullMarked;
