package io.weekly.database;

/** The type of a column in a result, as far as it decides how to read the bytes of a value. */
public enum ColumnType {
    /** A day, in the binary format of the protocol. */
    DATE,
    /** A day and a time of day, in the binary format of the protocol. Also TIMESTAMP. */
    DATETIME,
    /** The bits of a number without a sign, from the highest to the lowest. */
    BIT,
    /** Four bytes with the SRID, and then the WKB format. */
    GEOMETRY,
    /** The UTF-8 text of the JSON type of MySQL. MariaDB has no such type; its JSON columns are texts. */
    JSON,
    /** A year. The client returns a number. */
    YEAR,
    /** Any other type. The client returns its value exactly. */
    OTHER;

    private static final int STRING = 254;
    private static final int BLOB = 252;

    /** The type with this code in the protocol. */
    static ColumnType of(int code) {
        return switch (code) {
            case 10, 14 -> DATE;
            case 7, 12 -> DATETIME;
            case 13 -> YEAR;
            case 16 -> BIT;
            case 245 -> JSON;
            case 255 -> GEOMETRY;
            default -> OTHER;
        };
    }

    /** Whether the client cannot read all values of this type exactly, so that their bytes are needed. */
    boolean needsBytes() {
        return this != YEAR && this != OTHER;
    }

    /** The code of the types whose values the client returns as bytes. */
    static int codeOfBytes() {
        return BLOB;
    }

    /** The same code, or the code of a text if the client does not know it: ENUM, SET, and types that are newer than the client. */
    static int knownCode(int code) {
        return switch (code) {
            case 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16, 245, 246, 249, 250, 251, 252, 253, 254, 255 -> code;
            default -> STRING;
        };
    }
}
