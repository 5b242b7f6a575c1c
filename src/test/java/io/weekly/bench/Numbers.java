package io.weekly.bench;

/** A series of numbers as a table, for MySQL and MariaDB, which have no common function for it. */
public final class Numbers {

    private static final String DIGITS = "(SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 "
            + "UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)";

    /** A table for a {@code FROM}: {@code n} from 0 to 99,999. */
    public static final String TABLE =
            """
            (SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d AS n
            FROM %1$s a, %1$s b, %1$s c, %1$s e, %1$s f) numbers"""
                    .formatted(DIGITS);

    private Numbers() {}
}
