/**
 * Reports: one recipient's report for one period, what it is made of, and where it stands.
 *
 * <p><b>Model.</b> A {@link io.weekly.definition.Definition} is a folder of files: datasets in SQL, a page in Qute, styles, words. A report
 * is a row that users see. Its stored status changes only when a stage has ended, in the transaction that ends the stage; {@code
 * generating} and {@code delivering} are read off the lease of its job, so nothing has to be put right when a worker dies.
 *
 * <p>{@code DefinitionLoader} turns a folder into a {@code Definition}, or into a {@code BrokenDefinition} that holds all that is wrong
 * with it, each with file, line and reason; a broken one stops no other. {@code ReportYaml} reads what it says of itself and {@code
 * DatasetFiles} its SQL. What its templates ask for is held against what there will be
 * ({@code TemplateNames}); the columns of datasets are not, as only the database knows them. It is read once, at start, and in dev mode
 * whenever a file of it is saved; its {@code version} is the SHA-256 of
 * its files, so the same version is the same report. Built-in ones are found through {@code definitions/index}, because a native image
 * cannot list a folder. {@code :names} in a {@code Dataset} become bound parameters and are never spliced into the text.
 *
 * <p><b>Invariant.</b> One report per tenant, definition, period, revision and recipient: the key {@code report_once}, whoever enqueues
 * twice. What is asked for on demand carries its own id in that key and never takes the place of the run's report.
 *
 * <p><b>Verbs.</b> What one may do with a single report stands as a table in {@code ReportVerb}: cancel what has not started, let go on
 * what stopped, send again what has ended. {@link io.weekly.report.ReportVerbs} does it under the locks of the report's job and row, so
 * that a worker's claim or finish comes before or after it and never in between; what a worker holds is refused. A run that had
 * finished goes on with its report. Every change of a report's row counts {@code changes} up.
 *
 * <p><b>Samples.</b> A report with a {@code mail_to} is made to be judged: it belongs to no run, its mail goes to that address, and its
 * recipient does not see it.
 *
 * <p><b>Data.</b> All datasets of a report are read over one connection in one read-only snapshot, one after the other, with bound
 * parameters ({@code Snapshot}). What asks for nothing of the recipient's is equal for a whole run, and is read once for all of its reports
 * in this process ({@code SharedFigures}); what does is read for each report and used for no other. How many rows a dataset may give and
 * how long it may take, the server is told; the client ends what the server does not, or what fills the memory, and gives a connection back
 * only when nothing runs on it and nothing of the report is left there: the next one is another tenant's. A report is as old as the
 * oldest that it shows. A broken query or page fails that report with the file's name and the reason, at once: trying again would not help. What comes before them is {@link io.weekly.source.Readiness}, where the definition asks it: a run asks
 * once for all of its reports, a report that somebody asked for asks for itself. A report that turns out to be empty becomes what {@link
 * io.weekly.definition.WhenEmpty} says. Where the platform has its busy hours, reports of runs are read outside of them only ({@link
 * io.weekly.source.AllowedHours}): their jobs are put off until the next opening, with the attempt that they had. A change of the clocks may
 * open those hours twice on a day, or not.
 */
package io.weekly.report;
