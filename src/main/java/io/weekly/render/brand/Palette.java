package io.weekly.render.brand;

import java.util.ArrayList;
import java.util.List;

/**
 * Colours for several series, derived from the tenant's colour. The first is that colour. The others have other hues and are alternately
 * light and dark. So neighbouring colours differ for colour-blind readers and in black-and-white prints. Each has a contrast of 3 with
 * white.
 *
 * @param other a grey for series beyond the palette
 */
public record Palette(List<String> colours, String other) {
    /** The number of colours. */
    public static final int SIZE = 6;
    /** Contrast 3.3 with white. */
    private static final String GREY = "#868e97";
    /** For brands that are such a grey themselves. */
    private static final String DARK_GREY = "#4a5159";
    /** The hue for brands without one (grey, black). */
    private static final double BLUE = Math.toRadians(255);
    private static final double[] HUE_TURNS = {0, 60, -45, 165, 110, -95};
    private static final double[] LIGHTNESS_AFTER_LIGHT = {0, 0.36, 0.60, 0.42, 0.66, 0.30};
    private static final double[] LIGHTNESS_AFTER_DARK = {0, 0.65, 0.38, 0.58, 0.31, 0.54};

    /** The palette of a brand. */
    public static Palette of(Brand brand) {
        Colour own = Colour.parse(brand.graphic(), Colour.INK);
        Oklch first = Oklch.of(own);
        boolean grey = first.chroma() < 0.03;
        double hue = grey ? BLUE : first.hue();
        double chroma = grey ? 0.07 : Math.clamp(first.chroma(), 0.08, 0.15);
        double[] lightness = first.lightness() >= 0.5 ? LIGHTNESS_AFTER_LIGHT : LIGHTNESS_AFTER_DARK;
        List<String> colours = new ArrayList<>(List.of(own.toString()));
        for (int i = 1; i < SIZE; i++) {
            Colour next = new Oklch(lightness[i], chroma, hue + Math.toRadians(HUE_TURNS[i])).toColour();
            colours.add(next.readableOnWhite(3).toString());
        }
        boolean neutral = first.chroma() < 0.06 && first.lightness() >= 0.5;
        return new Palette(List.copyOf(colours), neutral ? DARK_GREY : GREY);
    }

    /** The colour of a series, from 0. */
    public String colour(int series) {
        return series < colours.size() ? colours.get(series) : other;
    }

    /** The same colour, dark enough for text (contrast 4.5). */
    public static String ink(String colour) {
        return Colour.parse(colour, Colour.INK).readableOnWhite(4.5).toString();
    }
}
