package io.weekly.report;

/**
 * Something that a caller or a reader should know, although the request or the report has succeeded.
 *
 * @param code a fixed word for programs
 * @param message for people
 */
public record Warning(String code, String message) {}
