/**
 * The environment of the service in dev mode and in tests: a database server, a mail server, an issuer of tokens, and demo tenants. The
 * production build does not contain this package.
 *
 * <p><b>Model.</b> All state is in one folder, {@code weekly.dev.dir}: the data directory of the database, the files of the reports, the
 * caught mails and the key pair. One JVM uses the folder at a time. It holds a file lock, which the operating system releases when the JVM
 * ends, even by kill -9. The database server is a process of its own, and it must end with the JVM. A shell runs it and reads a pipe from
 * the JVM; when the pipe closes, the shell ends the server cleanly. This needs no shutdown hook, so it also works after kill -9. A live
 * reload replaces the classes, but the servers keep running ({@link io.weekly.dev.DevServers}).
 *
 * <p>{@code weekly.dev.load} loads SQL scripts into that server ({@link io.weekly.dev.SqlScript}), so that a developer can try a report
 * with other data. The file {@code servers.properties} in the folder contains the settings for a packaged application that is to use the
 * same servers.
 *
 * <p><b>Authors.</b> {@link io.weekly.dev.DefinitionWatch} loads a definition again when one of its files is saved, without a restart.
 * {@link io.weekly.dev.WorkbenchResource} shows the result. Only {@link io.weekly.dev.WorkbenchReport} calls the code of the generate lane,
 * so the workbench shows what a recipient gets.
 *
 * <p><b>Failure cases.</b>
 * <ul>
 * <li>The JVM is killed: the server ends by itself in about a second. The next start gets the lock of the folder at once. If the server of
 * the pid file still runs, the start logs that, asks it to end and waits.
 * <li>The JVM and the shell are killed: the server keeps running. The next start ends it. This is safe, because the lock of the folder
 * proves that no other JVM uses the server.
 * <li>The JVM is killed while it unpacks the server or creates a data directory: both are made in a temporary folder, which is renamed at
 * the end. The next start begins again.
 * <li>A script of {@code weekly.dev.load} fails: the start fails with the message of the server. The next start runs the script again, from
 * its first statement.
 * <li>Two processes unpack at once: one waits for the other.
 * <li>Shared libraries are missing: the message names all of them.
 * <li>Another process takes the chosen free port before the server does: the start tries up to three ports.
 * </ul>
 */
@NullMarked
package io.weekly.dev;

import org.jspecify.annotations.NullMarked;
