/**
 * What an operator's tools ask: is this process ready, how is it doing.
 *
 * <p><b>Model.</b> Readiness is about what a request or a worker needs: connections to the service's database that are what the promises
 * stand on, READ COMMITTED and UTC. Liveness is Quarkus' own. Meters of the stages are counted where stages end, in {@code worker}. In
 * production both are on the management port. What the scheduler's timers call and what fails is logged here ({@link
 * io.weekly.ops.TimerLog}), instead of by the scheduler. What the user may do that datasets are read as is looked at once, in production
 * ({@link io.weekly.ops.SourceRights}).
 *
 * <p><b>Failure cases.</b> A database that is away makes the process not ready, and nothing else: lanes go on polling, and take up work
 * when it is back. The log has one line when it is lost and one when it is back, from {@code database}.
 */
package io.weekly.ops;
