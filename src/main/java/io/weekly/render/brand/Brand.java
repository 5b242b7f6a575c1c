package io.weekly.render.brand;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A tenant's colour and what becomes of it on white paper. {@code fill} is the colour itself, for areas, with {@code onFill} for text
 * on it; {@code ink} is for text (contrast 4.5), {@code graphic} for bars and lines (contrast 3), {@code soft} for what stands beside
 * them, {@code tint} for backgrounds. So a light yellow stays a yellow and can still be read.
 *
 * @param logo what an {@code img} names to show the tenant's logo; empty where there is none to show
 * @param logoCid the same in a mail, and empty in a report
 */
public record Brand(
        String fill, String onFill, String ink, String graphic, String soft, String tint, String logo, String logoCid) {
    private static final Colour DEFAULT = new Colour(0x1f, 0x4e, 0x8c);

    public static Brand of(String color) {
        Colour fill = Colour.parse(color, DEFAULT);
        Colour graphic = fill.readableOnWhite(3);
        return new Brand(
                fill.toString(),
                readableOn(fill).toString(),
                fill.readableOnWhite(4.5).toString(),
                graphic.toString(),
                graphic.mixedWith(Colour.WHITE, 0.62).toString(),
                graphic.mixedWith(Colour.WHITE, 0.92).toString(),
                "",
                "");
    }

    /** White or ink where they have 4.5; between the two lie middle tones that take black, which has 4.5 on all that white has not. */
    private static Colour readableOn(Colour fill) {
        return Stream.of(Colour.WHITE, Colour.INK).filter(text -> fill.contrastWith(text) >= 4.5).findFirst().orElse(Colour.BLACK);
    }

    /** For a report, and for a browser. */
    public Brand withLogo(Optional<LogoImage> shown) {
        return new Brand(fill, onFill, ink, graphic, soft, tint, shown.map(LogoImage::dataUri).orElse(""), "");
    }

    /** For a mail, in which the logo has this Content-ID. */
    public Brand withMailLogo(Optional<String> contentId) {
        String cid = contentId.map(id -> "cid:" + id).orElse("");
        return new Brand(fill, onFill, ink, graphic, soft, tint, cid, cid);
    }

    /** As a template sees it: {@code brand.ink}. */
    public Map<String, Object> toData() {
        return Map.of("fill", fill, "onFill", onFill, "ink", ink, "graphic", graphic, "soft", soft, "tint", tint,
                "logo", logo, "logoCid", logoCid);
    }
}
