package io.weekly.report;

import java.util.Arrays;

/**
 * What a stored file is. A format is what was asked for; of csv it depends on the figures' number of tables what it is, so the type is
 * stored with the file: the definition may have another number by the time that somebody fetches it.
 */
public enum FileType {
    PDF("application/pdf", "pdf"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    CSV("text/csv; charset=UTF-8", "csv"),
    ZIP("application/zip", "zip"),
    JSON("application/json", "json");

    private final String mediaType;
    private final String extension;

    FileType(String mediaType, String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    /** By the media type that a file was stored with. */
    public static FileType of(String mediaType) {
        return Arrays.stream(values())
                .filter(type -> type.mediaType.equals(mediaType))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no file of ours is " + mediaType));
    }

    public String mediaType() {
        return mediaType;
    }

    /** At the end of a file's name. */
    public String extension() {
        return extension;
    }
}
