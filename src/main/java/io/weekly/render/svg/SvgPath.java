package io.weekly.render.svg;

import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;

/**
 * Reads the {@code d} of a path: all commands of SVG 1.1, with arcs as Bézier curves. Everything before a mistake is kept, as in browsers.
 * Segments after the {@value #MAX_SEGMENTS}th are ignored.
 */
public final class SvgPath {
    private static final int MAX_SEGMENTS = 50_000;

    private final String data;
    private final Path2D.Double path = new Path2D.Double();
    private int at;
    private double x;
    private double y;
    private double startX;
    private double startY;
    private double controlX;
    private double controlY;

    private SvgPath(String data) {
        this.data = data;
    }

    /** The path, without a current point if the text is not a path. */
    public static Path2D.Double parse(String data) {
        SvgPath reader = new SvgPath(data);
        try {
            reader.read();
        } catch (NumberFormatException _) {
            // The path ends at the mistake.
        }
        return reader.path;
    }

    private void read() {
        char command = 0;
        char before = 0;
        for (int segments = 0; segments < MAX_SEGMENTS && more(); segments++) {
            char next = data.charAt(at);
            if (Character.isLetter(next)) {
                command = next;
                at++;
            } else if (Character.toUpperCase(command) == 'Z' || command == 0) {
                return;
            }
            if (path.getCurrentPoint() == null && Character.toUpperCase(command) != 'M') {
                return;
            }
            segment(command, before);
            before = Character.toUpperCase(command);
            command = command == 'M' ? 'L' : command == 'm' ? 'l' : command;
        }
    }

    private void segment(char command, char before) {
        double fromX = Character.isLowerCase(command) ? x : 0;
        double fromY = Character.isLowerCase(command) ? y : 0;
        switch (Character.toUpperCase(command)) {
            case 'M' -> {
                path.moveTo(startX = fromX + number(), startY = fromY + number());
                to(startX, startY);
            }
            case 'L' -> line(fromX + number(), fromY + number());
            case 'H' -> line(fromX + number(), y);
            case 'V' -> line(x, fromY + number());
            case 'C' -> cubic(fromX + number(), fromY + number(), fromX + number(), fromY + number(), fromX + number(), fromY + number());
            case 'S' -> {
                boolean smooth = before == 'C' || before == 'S';
                cubic(smooth ? 2 * x - controlX : x, smooth ? 2 * y - controlY : y,
                        fromX + number(), fromY + number(), fromX + number(), fromY + number());
            }
            case 'Q' -> quadratic(fromX + number(), fromY + number(), fromX + number(), fromY + number());
            case 'T' -> {
                boolean smooth = before == 'Q' || before == 'T';
                quadratic(smooth ? 2 * x - controlX : x, smooth ? 2 * y - controlY : y, fromX + number(), fromY + number());
            }
            case 'A' -> arc(number(), number(), number(), flag(), flag(), fromX + number(), fromY + number());
            case 'Z' -> {
                path.closePath();
                path.moveTo(startX, startY);
                to(startX, startY);
            }
            default -> throw new NumberFormatException("not a path command: " + command);
        }
    }

    private void line(double toX, double toY) {
        path.lineTo(toX, toY);
        to(toX, toY);
    }

    private void cubic(double x1, double y1, double x2, double y2, double toX, double toY) {
        path.curveTo(x1, y1, x2, y2, toX, toY);
        to(toX, toY);
        controlX = x2;
        controlY = y2;
    }

    private void quadratic(double x1, double y1, double toX, double toY) {
        path.quadTo(x1, y1, toX, toY);
        to(toX, toY);
        controlX = x1;
        controlY = y1;
    }

    /** Converts end points to a centre (SVG 2, appendix B.2.4), and draws one curve for each quarter. */
    private void arc(double rx, double ry, double degrees, boolean large, boolean sweep, double toX, double toY) {
        rx = Math.abs(rx);
        ry = Math.abs(ry);
        if (rx == 0 || ry == 0 || x == toX && y == toY) {
            line(toX, toY);
            return;
        }
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        double px = (cos * (x - toX) + sin * (y - toY)) / 2;
        double py = (cos * (y - toY) - sin * (x - toX)) / 2;
        double reach = Math.sqrt(px * px / (rx * rx) + py * py / (ry * ry));
        rx *= Math.max(1, reach);
        ry *= Math.max(1, reach);
        double square = rx * rx * py * py + ry * ry * px * px;
        double root = Math.sqrt(Math.max(0, rx * rx * ry * ry / square - 1)) * (large == sweep ? -1 : 1);
        double cx = root * rx * py / ry;
        double cy = -root * ry * px / rx;
        double from = Math.atan2((py - cy) / ry, (px - cx) / rx);
        double turn = Math.atan2((-py - cy) / ry, (-px - cx) / rx) - from;
        turn += sweep && turn < 0 ? 2 * Math.PI : !sweep && turn > 0 ? -2 * Math.PI : 0;
        AffineTransform unit = new AffineTransform(cos * rx, sin * rx, -sin * ry, cos * ry,
                cos * cx - sin * cy + (x + toX) / 2, sin * cx + cos * cy + (y + toY) / 2);
        int pieces = Math.max(1, (int) Math.ceil(Math.abs(turn) / (Math.PI / 2) - 1e-9));
        double step = turn / pieces;
        double k = 4.0 / 3 * Math.tan(step / 4);
        for (int i = 0; i < pieces; i++) {
            double a = from + i * step;
            double b = a + step;
            double[] curve = {Math.cos(a) - k * Math.sin(a), Math.sin(a) + k * Math.cos(a), Math.cos(b) + k * Math.sin(b),
                Math.sin(b) - k * Math.cos(b), Math.cos(b), Math.sin(b)};
            unit.transform(curve, 0, curve, 0, 3);
            path.curveTo(curve[0], curve[1], curve[2], curve[3], i == pieces - 1 ? toX : curve[4], i == pieces - 1 ? toY : curve[5]);
        }
        to(toX, toY);
    }

    private void to(double toX, double toY) {
        x = toX;
        y = toY;
    }

    private boolean more() {
        while (at < data.length() && (Character.isWhitespace(data.charAt(at)) || data.charAt(at) == ',')) {
            at++;
        }
        return at < data.length();
    }

    /** Trap: a flag is one digit, and needs no separator after it: {@code a1 1 0 01.5.5}. */
    private boolean flag() {
        if (!more() || data.charAt(at) != '0' && data.charAt(at) != '1') {
            throw new NumberFormatException("not a flag");
        }
        return data.charAt(at++) == '1';
    }

    /** Trap: the next number may start without a separator, at a sign or a second point: {@code 1-2.5.5}. */
    private double number() {
        more();
        int from = at;
        boolean point = false;
        boolean exponent = false;
        for (; at < data.length(); at++) {
            char c = data.charAt(at);
            boolean sign = (c == '-' || c == '+') && (at == from || "eE".indexOf(data.charAt(at - 1)) >= 0);
            boolean firstPoint = c == '.' && !point && !exponent;
            boolean firstExponent = (c == 'e' || c == 'E') && !exponent && at > from;
            if (!(c >= '0' && c <= '9') && !sign && !firstPoint && !firstExponent) {
                break;
            }
            point |= firstPoint;
            exponent |= firstExponent;
        }
        double value = Double.parseDouble(data.substring(from, at));
        if (!(Math.abs(value) <= SvgLength.MAX_VALUE)) {
            throw new NumberFormatException("larger than a page");
        }
        return value;
    }
}
