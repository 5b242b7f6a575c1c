package io.weekly.render.image;

import java.util.Arrays;
import java.util.Optional;
import org.openpdf.text.pdf.PdfArray;
import org.openpdf.text.pdf.PdfDictionary;
import org.openpdf.text.pdf.PdfName;
import org.openpdf.text.pdf.PdfNumber;
import org.openpdf.text.pdf.PdfString;

/** What the samples of a PNG's pixels mean: grey, colours, or places in a palette, and how much shines through. */
final class PngColours {
    private static final int GREY = 0;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final int GREY_ALPHA = 4;
    private static final int RGB_ALPHA = 6;

    private final int kind;
    private final int depth;
    private final int samples;
    private final byte[] palette;
    private final byte[] transparency;
    private final int[] pixel = new int[4];

    PngColours(int depth, int kind, byte[] palette, byte[] transparency) {
        this.kind = kind;
        this.depth = depth;
        this.samples = switch (kind) {
            case GREY, PALETTE -> 1;
            case RGB -> 3;
            case GREY_ALPHA -> 2;
            case RGB_ALPHA -> 4;
            default -> throw new IllegalArgumentException("has a kind of colour that no PNG has");
        };
        boolean fits = switch (depth) {
            case 1, 2, 4 -> samples == 1;
            case 8 -> true;
            case 16 -> kind != PALETTE;
            default -> false;
        };
        if (!fits) {
            throw new IllegalArgumentException("has a depth that no PNG has");
        }
        if (kind == PALETTE && palette.length < 3) {
            throw new IllegalArgumentException("has no palette");
        }
        // A place that it does not have is black, as elsewhere.
        this.palette = kind == PALETTE ? Arrays.copyOf(Arrays.copyOf(palette, palette.length / 3 * 3), 3 << depth) : palette;
        // One colour that shines through, two bytes a sample; of a palette a byte for each of the first colours.
        this.transparency = kind == PALETTE || transparency.length == 2 * samples ? transparency : new byte[0];
    }

    int bitsPerPixel() {
        return samples * depth;
    }

    /** Bytes that a pixel becomes: one of grey or its place in the palette, or three of colours. */
    int channels() {
        return kind == RGB || kind == RGB_ALPHA ? 3 : 1;
    }

    /** The colour space of a palette, in a PDF's words (ISO 32000-2, 8.6.6.3); else one byte is grey and three are colours. */
    Optional<PdfDictionary> space() {
        if (kind != PALETTE) {
            return Optional.empty();
        }
        PdfArray space = new PdfArray(PdfName.INDEXED);
        space.add(PdfName.DEVICERGB);
        space.add(new PdfNumber((1 << depth) - 1));
        space.add(new PdfString(palette));
        PdfDictionary about = new PdfDictionary();
        about.put(PdfName.COLORSPACE, space);
        return Optional.of(about);
    }

    boolean shinesThrough() {
        return kind == GREY_ALPHA || kind == RGB_ALPHA || transparency.length > 0;
    }

    /** Puts the pixel at that place of a row to its place among all. */
    void put(byte[] row, int column, int place, byte[] seen, byte[] alpha) {
        for (int i = 0; i < samples; i++) {
            pixel[i] = sample(row, column * samples + i);
        }
        int channels = channels();
        for (int i = 0; i < channels; i++) {
            seen[place * channels + i] = kind == PALETTE ? (byte) pixel[i] : eightBits(pixel[i]);
        }
        if (alpha.length > 0) {
            alpha[place] = kind == PALETTE ? ofPalette(pixel[0]) : samples > channels ? eightBits(pixel[channels]) : ofOneColour();
        }
    }

    private int sample(byte[] row, int at) {
        if (depth == 16) {
            return (row[2 * at] & 0xff) << 8 | row[2 * at + 1] & 0xff;
        }
        int bit = at * depth;
        return (row[bit / 8] & 0xff) >> 8 - depth - bit % 8 & (1 << depth) - 1;
    }

    private byte eightBits(int sample) {
        return (byte) (depth == 16 ? sample >> 8 : sample * 255 / ((1 << depth) - 1));
    }

    private byte ofPalette(int colour) {
        return colour < transparency.length ? transparency[colour] : (byte) 0xff;
    }

    private byte ofOneColour() {
        for (int i = 0; i < samples; i++) {
            int shining = (transparency[2 * i] & 0xff) << 8 | transparency[2 * i + 1] & 0xff;
            if (pixel[i] != (shining & (1 << depth) - 1)) {
                return (byte) 0xff;
            }
        }
        return 0;
    }
}
