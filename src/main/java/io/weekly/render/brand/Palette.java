package io.weekly.render.brand;

import java.util.ArrayList;
import java.util.List;

/**
 * The colours of several series, made of a tenant's one: the first is that colour, the others turn its hue and change between light and
 * dark, so that neighbours differ in lightness too and can be told apart by eyes that see fewer hues, or on a printer without colour.
 * Each stands out from white by 3 to 1; {@code other} is the grey of what has no colour of its own.
 */
public record Palette(List<String> colours, String other) {
    public static final int SIZE = 6;
    /** A contrast of 3.3 with white. */
    private static final String NEUTRAL = "#868e97";
    /** Beside a brand that is such a grey itself. */
    private static final String DARK_NEUTRAL = "#4a5159";
    /** Of a brand without a hue (grey, black) and of those of the series beside it. */
    private static final double BLUE = Math.toRadians(255);
    private static final double[] TURNS = {0, 60, -45, 165, 110, -95};
    private static final double[] AFTER_LIGHT = {0, 0.36, 0.60, 0.42, 0.66, 0.30};
    private static final double[] AFTER_DARK = {0, 0.65, 0.38, 0.58, 0.31, 0.54};

    public static Palette of(Brand brand) {
        Colour own = Colour.parse(brand.graphic(), Colour.INK);
        Oklch first = Oklch.of(own);
        boolean grey = first.chroma() < 0.03;
        double hue = grey ? BLUE : first.hue();
        double chroma = grey ? 0.07 : Math.clamp(first.chroma(), 0.08, 0.15);
        double[] lightness = first.lightness() >= 0.5 ? AFTER_LIGHT : AFTER_DARK;
        List<String> colours = new ArrayList<>(List.of(own.toString()));
        for (int i = 1; i < SIZE; i++) {
            Colour next = new Oklch(lightness[i], chroma, hue + Math.toRadians(TURNS[i])).toColour();
            colours.add(next.readableOnWhite(3).toString());
        }
        boolean neutral = first.chroma() < 0.06 && first.lightness() >= 0.5;
        return new Palette(List.copyOf(colours), neutral ? DARK_NEUTRAL : NEUTRAL);
    }

    /** A series beyond the palette is one of the others. */
    public String colour(int series) {
        return series < colours.size() ? colours.get(series) : other;
    }

    /** The same colour, dark enough for text. */
    public static String ink(String colour) {
        return Colour.parse(colour, Colour.INK).readableOnWhite(4.5).toString();
    }
}
