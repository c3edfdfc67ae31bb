package org.tinytune.cli.plot;

import java.util.List;

/**
 * Colors by name. Those of lines are the ones that people with any color vision tell apart, made darker on white and
 * lighter on black until they stand out from it.
 *
 * <p>Source: Okabe and Ito, "Color Universal Design", 2008; the map of magnitudes is matplotlib's viridis.
 */
enum Palette {
    /** Text. */
    INK("ink", "#1c2430", "#e6e9ee"),
    /** Text of less weight. */
    SOFT("soft", "#5c6878", "#98a3b3"),
    /** Behind everything. */
    PAPER("paper", "#fbfbf9", "#14181d"),
    /** Behind a picture. */
    CARD("card", "#ffffff", "#1c2229"),
    /** Axes and frames. */
    LINE("line", "#d5dae0", "#3a4350"),
    BLUE("s0", "#0072b2", "#56b4e9"),
    VERMILION("s1", "#d55e00", "#ff8f4d"),
    GREEN("s2", "#007a59", "#2fd0a0"),
    PURPLE("s3", "#b0508a", "#e9a6cd"),
    OLIVE("s4", "#8f7000", "#f0e442"),
    SKY("s5", "#3a86b4", "#a9d8f5"),
    GREY("s6", "#3c3c3c", "#d0d0d0");

    private static final List<Palette> SERIES = List.of(BLUE, VERMILION, GREEN, PURPLE, OLIVE, SKY, GREY);
    private static final List<String> DASHES = List.of("none", "6 3", "2 2");

    /** Viridis at nine even steps and its end. */
    private static final int[] MAGNITUDES = {
        0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6ece58, 0xb5de2b, 0xfde725
    };

    private final String id;
    private final String light;
    private final String dark;

    Palette(String id, String light, String dark) {
        this.id = id;
        this.light = light;
        this.dark = dark;
    }

    /** As SVG in a page names it. */
    @Override
    public String toString() {
        return "var(--" + id + ")";
    }

    /** Of line {@code i}; they repeat, with other dashes. */
    static Palette series(int i) {
        return SERIES.get(i % SERIES.size());
    }

    /** The dashes of line {@code i}. */
    static String dash(int i) {
        return DASHES.get(i / SERIES.size() % DASHES.size());
    }

    /** A style sheet's declarations of all names. */
    static String declarations(boolean forDark) {
        StringBuilder css = new StringBuilder();
        for (Palette color : values()) {
            css.append("--")
                    .append(color.id)
                    .append(": ")
                    .append(forDark ? color.dark : color.light)
                    .append("; ");
        }
        return css.toString();
    }

    /** SVG in which colors stand for their names, as on a light screen. */
    static String resolved(String svg) {
        String resolved = svg;
        for (Palette color : values()) {
            resolved = resolved.replace(color.toString(), color.light);
        }
        return resolved;
    }

    /** The color of a magnitude in [0, 1], as 0xRRGGBB; what lies outside is taken for the end. */
    static int magnitude(double value) {
        double at = Math.max(0, Math.min(1, value)) * (MAGNITUDES.length - 1);
        int step = Math.min((int) at, MAGNITUDES.length - 2);
        int color = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = MAGNITUDES[step] >> shift & 0xff;
            int to = MAGNITUDES[step + 1] >> shift & 0xff;
            color |= (int) Math.rint(from + (at - step) * (to - from)) << shift;
        }
        return color;
    }
}
