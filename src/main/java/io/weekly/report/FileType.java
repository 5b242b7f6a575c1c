package io.weekly.report;

import java.util.Arrays;

/**
 * The type of a stored file. It can differ from the requested format: csv gives a CSV file or, with several tables, a ZIP. The type is
 * stored with the file, because the number of tables in the definition may have changed when a user fetches the file.
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

    /**
     * The type with this media type.
     *
     * @throws IllegalArgumentException for any other media type
     */
    public static FileType of(String mediaType) {
        return Arrays.stream(values())
                .filter(type -> type.mediaType.equals(mediaType))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no stored file has the type " + mediaType));
    }

    /** The value of Content-Type. */
    public String mediaType() {
        return mediaType;
    }

    /** The ending of a file's name, without the dot. */
    public String extension() {
        return extension;
    }
}
