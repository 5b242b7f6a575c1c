package io.weekly.render.brand;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A tenant's colour, in variants that stay readable on white paper (WCAG contrast). All are {@code #rrggbb}.
 *
 * @param fill the tenant's colour itself, for areas
 * @param onFill for text on {@code fill}
 * @param ink for text on white, contrast 4.5
 * @param graphic for bars and lines, contrast 3
 * @param soft a paler {@code graphic}, for comparisons
 * @param tint a very pale {@code graphic}, for backgrounds
 * @param darkInk for text on the dark background of mails ({@code #1c2127}), contrast 4.5
 * @param darkGraphic for lines on that background, contrast 3
 * @param logo the {@code src} of an {@code img} that shows the tenant's logo; empty if there is none
 * @param logoCid the same in a mail; empty in a report
 */
public record Brand(
        String fill, String onFill, String ink, String graphic, String soft, String tint, String darkInk, String darkGraphic, String logo,
        String logoCid) {
    /** The background of the built-in mails for readers who prefer dark. */
    private static final Colour DARK = new Colour(0x1c, 0x21, 0x27);
    private static final Colour DEFAULT = new Colour(0x1f, 0x4e, 0x8c);

    /** The brand of a colour such as {@code #0b5cad}; a default colour replaces any other text. */
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
                fill.readableOn(DARK, 4.5).toString(),
                fill.readableOn(DARK, 3).toString(),
                "",
                "");
    }

    /** White or dark grey if its contrast is 4.5, else black: if white has less than 4.5 on a colour, black has more. */
    private static Colour readableOn(Colour fill) {
        return Stream.of(Colour.WHITE, Colour.INK).filter(text -> fill.contrastWith(text) >= 4.5).findFirst().orElse(Colour.BLACK);
    }

    /** The brand with a logo for a report, or a preview in a browser. */
    public Brand withLogo(Optional<LogoImage> image) {
        return new Brand(fill, onFill, ink, graphic, soft, tint, darkInk, darkGraphic, image.map(LogoImage::dataUri).orElse(""), "");
    }

    /** The brand with a logo for a mail, which has the logo under this Content-ID. */
    public Brand withMailLogo(Optional<String> contentId) {
        String cid = contentId.map(id -> "cid:" + id).orElse("");
        return new Brand(fill, onFill, ink, graphic, soft, tint, darkInk, darkGraphic, cid, cid);
    }

    /** The values that a template uses: {@code brand.ink}. */
    public Map<String, Object> toData() {
        return Map.of("fill", fill, "onFill", onFill, "ink", ink, "graphic", graphic, "soft", soft, "tint", tint,
                "darkInk", darkInk, "darkGraphic", darkGraphic,
                "logo", logo, "logoCid", logoCid);
    }
}
