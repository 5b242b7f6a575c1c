package io.weekly.render.sheet;

import io.weekly.render.brand.Brand;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tables to write. */
final class Tables {
    static final Xlsx.Style LOOK = new Xlsx.Style("Weekly figures", "Acme Inc.", Brand.of("#0b5cad"), Optional.empty());

    private Tables() {}

    /** Of one column. */
    static Table of(Object... values) {
        var rows = new ArrayList<Map<String, Object>>();
        for (var value : values) {
            rows.add(row("value", value));
        }
        return Table.of("figures", rows, Map.of(), Map.of());
    }

    static Map<String, Object> row(Object... columns) {
        var row = new LinkedHashMap<String, Object>();
        for (int i = 0; i < columns.length; i += 2) {
            row.put(columns[i].toString(), columns[i + 1]);
        }
        return row;
    }

    /** So many rows that are there only while they are looked at: what writes them has the memory to itself. */
    static List<Map<String, Object>> lazily(int rows, int columns) {
        return new AbstractList<>() {
            @Override
            public Map<String, Object> get(int index) {
                var row = new LinkedHashMap<String, Object>();
                for (int i = 0; i < columns; i++) {
                    row.put("c" + i, i % 2 == 0 ? (Object) ((long) index * i) : "text " + index + " of column " + i);
                }
                return row;
            }

            @Override
            public int size() {
                return rows;
            }
        };
    }
}
