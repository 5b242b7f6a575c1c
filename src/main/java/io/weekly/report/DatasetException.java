package io.weekly.report;

/** A dataset that could not be read, and will not be by trying again: which file, and why, for whoever keeps the definition. */
public final class DatasetException extends RuntimeException {

    DatasetException(String file, String reason, Throwable cause) {
        super(file + ": " + reason, cause);
    }
}
