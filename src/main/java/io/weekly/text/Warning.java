package io.weekly.text;

/**
 * A note on something that was made or stored all the same, but that has a small fault.
 *
 * @param code for programs; it stays the same when the message changes
 * @param message for people
 */
public record Warning(String code, String message) {}
