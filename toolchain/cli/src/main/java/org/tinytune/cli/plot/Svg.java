package org.tinytune.cli.plot;

import java.util.Locale;

/** Draws SVG, element by element. */
final class Svg {
    /** Of a letter, about; text is cut to fit by it. */
    static final double LETTER = 6.1;

    private final StringBuilder elements = new StringBuilder();

    /** Where text is, of the point that it is drawn at. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    Svg line(double x1, double y1, double x2, double y2, Palette color) {
        return add("<path d=\"M%s %sL%s %s\" stroke=\"%s\"/>", n(x1), n(y1), n(x2), n(y2), color);
    }

    /** A line through points that dashes may tell from others. */
    Svg polyline(double[] xs, double[] ys, Palette color, String dash) {
        String dashes = dash.equals("none") ? "" : " stroke-dasharray=\"" + dash + "\"";
        return add(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.2\" stroke-linejoin=\"round\"%s/>",
                points(xs, ys), color, dashes);
    }

    /** What lies between two lines over the same points. */
    Svg band(double[] xs, double[] low, double[] high, Palette color) {
        StringBuilder points = new StringBuilder(points(xs, low));
        for (int i = xs.length - 1; i >= 0; i--) {
            points.append(' ').append(n(xs[i])).append(',').append(n(high[i]));
        }
        return add("<polygon points=\"%s\" fill=\"%s\" fill-opacity=\"0.22\"/>", points, color);
    }

    private static String points(double[] xs, double[] ys) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < xs.length; i++) {
            points.append(i == 0 ? "" : " ").append(n(xs[i])).append(',').append(n(ys[i]));
        }
        return points.toString();
    }

    Svg rectangle(double x, double y, double width, double height, Palette fill, double opacity) {
        return add(
                "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\" fill-opacity=\"%s\"/>",
                n(x), n(y), n(width), n(height), fill, n(opacity));
    }

    Svg frame(double x, double y, double width, double height) {
        return add(
                "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"none\" stroke=\"%s\"/>",
                n(x), n(y), n(width), n(height), Palette.LINE);
    }

    Svg dot(double x, double y, double radius, Palette fill) {
        return add("<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\"/>", n(x), n(y), n(radius), fill);
    }

    Svg text(double x, double y, Anchor anchor, Palette color, String text) {
        return text(x, y, anchor, color, 11, text);
    }

    Svg text(double x, double y, Anchor anchor, Palette color, int size, String text) {
        return add(
                "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" font-size=\"%s\" fill=\"%s\">%s</text>",
                n(x), n(y), anchor.name().toLowerCase(Locale.ROOT), size, color, escape(text));
    }

    /** Text that is read from below. */
    Svg rising(double x, double y, Palette color, String text) {
        return add(
                "<text transform=\"translate(%s %s) rotate(-90)\" text-anchor=\"middle\" font-size=\"11\" fill=\"%s\">"
                        + "%s</text>",
                n(x), n(y), color, escape(text));
    }

    Svg image(double x, double y, double width, double height, Raster image) {
        return add(
                "<image x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" preserveAspectRatio=\"none\""
                        + " style=\"image-rendering:pixelated\" href=\"%s\"/>",
                n(x), n(y), n(width), n(height), image.dataUri());
    }

    /** A picture within this one. */
    Svg inner(double x, double y, Picture picture) {
        return add("<g transform=\"translate(%s %s)\">\n%s</g>", n(x), n(y), picture.elements());
    }

    /** All elements. */
    String elements() {
        return elements.toString();
    }

    private Svg add(String format, Object... values) {
        elements.append(String.format(Locale.ROOT, format, values)).append('\n');
        return this;
    }

    /** A tenth of a pixel is as fine as anybody sees. */
    private static String n(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** Text that fits into a width, cut if it has to be. */
    static String fitting(String text, double width) {
        int letters = Math.max(1, (int) (width / LETTER));
        if (text.codePointCount(0, text.length()) <= letters) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, letters - 1)) + "…";
    }

    /** Text that stands for itself, between tags and in attributes; what XML cannot hold is left out. */
    static String escape(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\t\n]]|[\\uFFFE\\uFFFF]", "")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
