/**
 * What the service needs around it in dev mode and in tests: a database server, a mail server, an issuer of tokens, and demo tenants.
 * Nothing of this package is in the product.
 *
 * <p><b>Model.</b> All state is in one folder, {@code weekly.dev.dir}: the data directory of the database, the files of the reports, the
 * caught mails and the key pair. One JVM uses the folder at a time. It holds a file lock, which the operating system releases when the JVM
 * ends, even by kill -9. The database server is a process of its own, and it must end with the JVM. A shell runs it and reads a pipe from
 * the JVM; when the pipe closes, the shell ends the server cleanly. That needs no shutdown hook, so it works after kill -9, too. A live
 * reload replaces classes, but the servers go on ({@link io.weekly.dev.DevServers}).
 *
 * <p>{@code weekly.dev.load} loads SQL scripts into that server ({@link io.weekly.dev.SqlScript}), so that a developer can try a report of
 * other data. The file {@code servers.properties} in the folder has settings with which a packaged application uses the same servers.
 *
 * <p><b>Authors.</b> {@link io.weekly.dev.DefinitionWatch} loads a definition again when one of its files is saved, without a restart.
 * {@link io.weekly.dev.WorkbenchResource} shows the result. Only {@link io.weekly.dev.WorkbenchReport} calls the code of the generate lane,
 * so the workbench shows what a recipient gets.
 *
 * <p><b>Failure cases.</b>
 * <ul>
 * <li>The JVM is killed: the server ends by itself in about a second. The next start gets the lock of the folder at once, finds the pid
 * file of the server, logs that, and waits for its end.
 * <li>The shell is killed, too: nothing tells the server to end. The next start does, because the lock proves that nobody uses the server.
 * <li>The JVM is killed while it unpacks or creates a data directory: both happen in another folder, which is moved into place at the end.
 * The next start begins again.
 * <li>A script of {@code weekly.dev.load} fails: the start fails with the message of the server. The next start runs the script again, from
 * its first statement.
 * <li>Two processes unpack at once: one waits for the other.
 * <li>Shared libraries are missing: the message names all of them.
 * <li>Another process takes the free port before the server does: the start tries another port.
 * </ul>
 */
@NullMarked
package io.weekly.dev;

import org.jspecify.annotations.NullMarked;
