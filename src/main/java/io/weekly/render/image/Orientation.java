package io.weekly.render.image;

/**
 * How a camera or an editor wants a JPEG to be turned or mirrored when it is shown (the orientation of Exif). Browsers and mail programs
 * follow it, so a PDF has to follow it too.
 *
 * <p>A stored pixel is {@code u} from the left and {@code v} from the top, each from 0 to 1. It is shown at {@code U = u0 + uu·u + uv·v}
 * from the left and {@code V = v0 + vu·u + vv·v} from the top.
 */
public enum Orientation {
    /** As it is stored. */
    NORMAL(0, 1, 0, 0, 0, 1),
    /** Left and right exchanged. */
    MIRRORED(1, -1, 0, 0, 0, 1),
    /** Turned by 180 degrees. */
    HALF_TURN(1, -1, 0, 1, 0, -1),
    /** Top and bottom exchanged. */
    FLIPPED(0, 1, 0, 1, 0, -1),
    /** Rows and columns exchanged. */
    TRANSPOSED(0, 0, 1, 0, 1, 0),
    /** Turned clockwise by 90 degrees. */
    QUARTER_TURN(1, 0, -1, 0, 1, 0),
    /** Rows and columns exchanged at the other diagonal. */
    TRANSVERSED(1, 0, -1, 1, -1, 0),
    /** Turned counterclockwise by 90 degrees. */
    THREE_QUARTER_TURN(0, 0, 1, 1, -1, 0);

    private final int u0;
    private final int uu;
    private final int uv;
    private final int v0;
    private final int vu;
    private final int vv;

    Orientation(int u0, int uu, int uv, int v0, int vu, int vv) {
        this.u0 = u0;
        this.uu = uu;
        this.uv = uv;
        this.v0 = v0;
        this.vu = vu;
        this.vv = vv;
    }

    /** The value of the Exif tag, 1 to 8; any other value is {@link #NORMAL}, as in browsers. */
    static Orientation ofExif(int value) {
        return value >= 1 && value <= values().length ? values()[value - 1] : NORMAL;
    }

    /** Whether the shown width is the stored height. */
    public boolean swapsSides() {
        return uu == 0;
    }

    /**
     * The matrix of a PDF that maps an image to an area. An image of a PDF has its origin at the lower left, and has the size 1.
     *
     * @param height negative if the y axis of the page points down; then {@code bottom} is the larger y
     */
    public float[] matrix(float left, float bottom, float width, float height) {
        return new float[] {width * uu, -height * vu, -width * uv, height * vv, left + width * (u0 + uv), bottom + height * (1 - v0 - vv)};
    }
}
