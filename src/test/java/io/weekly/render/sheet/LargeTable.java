package io.weekly.render.sheet;

import java.util.List;
import java.util.Map;

/** Writes 200,000 rows of ten columns both ways, in a JVM of its own. */
public final class LargeTable {
    private LargeTable() {}

    public static void main(String[] arguments) {
        var table = Table.of("large", Tables.lazily(200_000, 10), Map.of(), Map.of());
        long began = System.nanoTime();
        int xlsx = Xlsx.render("d", List.of(table), Tables.LOOK).length;
        long wrote = System.nanoTime();
        int csv = Csv.zip(List.of(table)).length;
        System.out.printf("xlsx and csv are written: %d and %d bytes in %d and %d ms%n",
                xlsx, csv, (wrote - began) / 1_000_000, (System.nanoTime() - wrote) / 1_000_000);
    }
}
