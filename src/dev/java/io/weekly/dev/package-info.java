/**
 * What the product needs around it, for dev mode and tests: a database server, a mail server, a token issuer, and a small world of
 * tenants to look at. In no artifact.
 *
 * <p><b>Model.</b> All state is one folder, {@code weekly.dev.dir}: the database's data directory, the reports' files, the caught
 * mails and the key pair survive and vanish together. One JVM owns the folder at a time, by a file lock that the system gives back
 * however the JVM ends. The database server is a process of its own and must not outlive the JVM: it runs under a shell that reads a pipe
 * from the JVM, and the end of that pipe is the signal to close cleanly. No shutdown hook is needed for that, so kill -9 is no
 * special case. A live reload replaces classes, not servers ({@link io.weekly.dev.DevServers}).
 *
 * <p><b>Authors.</b> {@link io.weekly.dev.DefinitionWatch} takes a definition again when one of its files is saved, without a restart;
 * {@link io.weekly.dev.WorkbenchResource} shows what becomes of it. {@link io.weekly.dev.WorkbenchReport} alone calls what the generate
 * lane calls, so that what the workbench shows is what a recipient gets.
 *
 * <p><b>Failure cases.</b>
 * <ul>
 * <li>The JVM is killed: the server closes by itself within a second or so. Whoever starts meanwhile gets the folder's lock at once, sees
 * the server's pid file, says so and waits.
 * <li>The shell is killed too: nobody tells the server to end. The next start does, as the lock proves that nobody uses it.
 * <li>Somebody is killed while unpacking or initialising: both happen aside and are moved into place at the end, so that the next
 * start does it again.
 * <li>Two processes unpack at once: one waits for the other.
 * <li>A shared library is missing: the message names all that are.
 * <li>The port that was free is taken before the server has it: the next one.
 * </ul>
 */
package io.weekly.dev;
