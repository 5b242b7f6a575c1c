package io.weekly.render.image;

import java.util.Arrays;
import java.util.Optional;
import org.openpdf.text.pdf.PdfArray;
import org.openpdf.text.pdf.PdfDictionary;
import org.openpdf.text.pdf.PdfName;
import org.openpdf.text.pdf.PdfNumber;
import org.openpdf.text.pdf.PdfString;

/** Converts the samples of a PNG to pixels of a PDF: grey, RGB, or indexes of a palette, and their opacity. */
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
            default -> throw new IllegalArgumentException("has an invalid colour type");
        };
        boolean fits = switch (depth) {
            case 1, 2, 4 -> samples == 1;
            case 8 -> true;
            case 16 -> kind != PALETTE;
            default -> false;
        };
        if (!fits) {
            throw new IllegalArgumentException("has an invalid bit depth");
        }
        if (kind == PALETTE && palette.length < 3) {
            throw new IllegalArgumentException("has no palette");
        }
        // An index beyond the palette is black, as in browsers.
        this.palette = kind == PALETTE ? Arrays.copyOf(Arrays.copyOf(palette, palette.length / 3 * 3), 3 << depth) : palette;
        // Without a palette: one transparent colour, two bytes a sample. With a palette: one byte of opacity for each of the first colours.
        this.transparency = kind == PALETTE || transparency.length == 2 * samples ? transparency : new byte[0];
    }

    int bitsPerPixel() {
        return samples * depth;
    }

    /** Bytes of one pixel in the PDF: 1 for grey or an index of the palette, 3 for RGB. */
    int channels() {
        return kind == RGB || kind == RGB_ALPHA ? 3 : 1;
    }

    /** The colour space of the palette as a PDF writes it (ISO 32000-2, 8.6.6.3); empty for grey and RGB. */
    Optional<PdfDictionary> colourSpace() {
        if (kind != PALETTE) {
            return Optional.empty();
        }
        PdfArray space = new PdfArray(PdfName.INDEXED);
        space.add(PdfName.DEVICERGB);
        space.add(new PdfNumber((1 << depth) - 1));
        space.add(new PdfString(palette));
        PdfDictionary attributes = new PdfDictionary();
        attributes.put(PdfName.COLORSPACE, space);
        return Optional.of(attributes);
    }

    boolean hasTransparency() {
        return kind == GREY_ALPHA || kind == RGB_ALPHA || transparency.length > 0;
    }

    /** Converts the pixel in this column of a row, and stores it at {@code position} of the pixels and their opacity. */
    void put(byte[] row, int column, int position, byte[] pixels, byte[] alpha) {
        for (int i = 0; i < samples; i++) {
            pixel[i] = sample(row, column * samples + i);
        }
        int channels = channels();
        for (int i = 0; i < channels; i++) {
            pixels[position * channels + i] = kind == PALETTE ? (byte) pixel[i] : eightBits(pixel[i]);
        }
        if (alpha.length > 0) {
            alpha[position] = kind == PALETTE ? paletteAlpha(pixel[0]) : samples > channels ? eightBits(pixel[channels]) : colourKeyAlpha();
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

    private byte paletteAlpha(int colour) {
        return colour < transparency.length ? transparency[colour] : (byte) 0xff;
    }

    private byte colourKeyAlpha() {
        for (int i = 0; i < samples; i++) {
            int transparent = (transparency[2 * i] & 0xff) << 8 | transparency[2 * i + 1] & 0xff;
            if (pixel[i] != (transparent & (1 << depth) - 1)) {
                return (byte) 0xff;
            }
        }
        return 0;
    }
}
