/**
 * Where the files of reports are kept: local disk.
 *
 * <p><b>Model.</b> Plain blocking Java; the render pool calls it right after rendering. A file's path is {@code
 * tenant/week/report.sha.format}: one folder a tenant and week, so that it can be looked at, counted and deleted by the week; the start
 * of the content's SHA-256 in the name, so that a second attempt never changes a file that a first one has recorded.
 *
 * <p><b>What happens when it dies here.</b> A file appears under its name whole or not at all: it is written beside it, flushed to the
 * disk, moved, and the folder is flushed. Dying before the report's transaction leaves a file that no row names; it is harmless, and
 * retention will find it by its folder. A full disk fails the attempt, which is tried again.
 */
package io.weekly.store;
