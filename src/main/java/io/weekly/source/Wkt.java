package io.weekly.source;

import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;

/**
 * Writes a geometry as WKT: {@code POINT(16.37 48.2)}. It reads the format in which servers store and send a geometry: four bytes with the
 * SRID, and then the WKB format. The coordinates have the order in which they are stored, x before y.
 */
final class Wkt {

    private static final int SRID_BYTES = 4;
    /** A server allows about this depth of collections in collections. */
    private static final int MAX_DEPTH = 100;
    private static final int MAX_PLAIN_DIGITS = 20;

    private final Buffer bytes;
    private final StringBuilder text = new StringBuilder();
    private int at = SRID_BYTES;
    private boolean littleEndian;

    private Wkt(Buffer bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException if the bytes are not a geometry of the seven kinds that servers have */
    static String of(Buffer bytes) {
        var wkt = new Wkt(bytes);
        try {
            wkt.geometry(true, 0);
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("the server sent a geometry that ends too early", e);
        }
        return wkt.text.toString();
    }

    /** @param named whether to write the kind; a MULTIPOINT does not repeat the kind of its parts */
    private void geometry(boolean named, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("the geometry has more than %d levels".formatted(MAX_DEPTH));
        }
        littleEndian = bytes.getByte(at++) == 1;
        var kind = number();
        switch (kind) {
            case 1 -> write(named, "POINT", () -> list(1, this::position));
            case 2 -> write(named, "LINESTRING", this::positions);
            case 3 -> write(named, "POLYGON", this::rings);
            case 4 -> write(named, "MULTIPOINT", () -> parts(false, depth));
            case 5 -> write(named, "MULTILINESTRING", () -> parts(false, depth));
            case 6 -> write(named, "MULTIPOLYGON", () -> parts(false, depth));
            case 7 -> write(named, "GEOMETRYCOLLECTION", () -> parts(true, depth));
            default -> throw new IllegalArgumentException("the service does not know geometries of the kind " + kind);
        }
    }

    private void write(boolean named, String kind, Runnable content) {
        text.append(named ? kind : "");
        content.run();
    }

    private void positions() {
        list(number(), this::position);
    }

    private void rings() {
        list(number(), this::positions);
    }

    private void parts(boolean named, int depth) {
        list(number(), () -> geometry(named, depth + 1));
    }

    private void list(int count, Runnable item) {
        if (count < 0) {
            throw new IllegalArgumentException("the server sent a geometry with %d parts".formatted(count));
        }
        if (count == 0) {
            text.append(" EMPTY");
            return;
        }
        for (var i = 0; i < count; i++) {
            text.append(i == 0 ? '(' : ',');
            item.run();
        }
        text.append(')');
    }

    private void position() {
        text.append(coordinate()).append(' ').append(coordinate());
    }

    private String coordinate() {
        var value = Double.longBitsToDouble(littleEndian ? bytes.getLongLE(at) : bytes.getLong(at));
        at += Long.BYTES;
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("the geometry has the coordinate " + value);
        }
        var decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        // Written without an exponent, 1e308 would have 309 characters.
        return Math.abs(decimal.scale()) > MAX_PLAIN_DIGITS ? decimal.toString() : decimal.toPlainString();
    }

    private int number() {
        var value = littleEndian ? bytes.getIntLE(at) : bytes.getInt(at);
        at += Integer.BYTES;
        return value;
    }
}
