package org.tinytune.cli.plot;

import java.util.Locale;

/**
 * A drawing.
 *
 * @param title what it shows, for those who do not see it
 * @param elements of SVG, whose colors are names of a {@link Palette}
 */
record Picture(String title, double width, double height, String elements) {
    /** As an element of its own, which may be scaled. */
    String svg() {
        return String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\" height=\"%.0f\""
                        + " role=\"img\" aria-label=\"%s\" font-family=\"sans-serif\">\n%s</svg>\n",
                width,
                height,
                width,
                height,
                Svg.escape(title),
                elements);
    }
}
