package org.tinytune.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lines over the numbers 1, 2, 3 and so on, drawn as SVG: the same bytes for the same lines. Values lie in [0, 1].
 *
 * <p>Lines are told apart by color and by dashes; the colors are those of Okabe and Ito, which people with any color
 * vision can tell apart ("Color Universal Design", 2008).
 */
public final class LineChart {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 440;
    private static final int LEFT = 56;
    private static final int RIGHT = 150;
    private static final int TOP = 16;
    private static final int BOTTOM = 48;
    private static final int LEGEND_LINE = 20;
    private static final int MAX_TICKS = 10;

    private static final List<String> COLORS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000");
    private static final List<String> DASHES = List.of("none", "6 3", "2 2");

    private final String xTitle;
    private final String yTitle;
    private final List<Line> lines = new ArrayList<>();
    private double level = Double.NaN;

    private record Line(String label, List<Double> values) {}

    /** An empty chart. */
    public LineChart(String xTitle, String yTitle) {
        this.xTitle = xTitle;
        this.yTitle = yTitle;
    }

    /** Adds a line; one without values shows in the legend only. */
    public LineChart line(String label, List<Double> values) {
        lines.add(new Line(label, List.copyOf(values)));
        return this;
    }

    /** Marks a level across the chart. */
    public LineChart level(double value) {
        level = value;
        return this;
    }

    /** The chart as an {@code svg} element. */
    public String svg() {
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" font-family=\"sans-serif\""
                        + " font-size=\"12\">\n",
                WIDTH,
                HEIGHT));
        axes(svg);
        if (!Double.isNaN(level)) {
            append(
                    svg,
                    "<path d=\"M%d %.1fH%d\" stroke=\"#666\" stroke-dasharray=\"1 3\"/>\n",
                    LEFT,
                    y(level),
                    WIDTH - RIGHT);
        }
        for (int i = 0; i < lines.size(); i++) {
            draw(svg, lines.get(i), i);
        }
        return svg.append("</svg>\n").toString();
    }

    private void axes(StringBuilder svg) {
        for (int tenth = 0; tenth <= 10; tenth += 2) {
            double y = y(tenth / 10.0);
            append(svg, "<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/>\n", LEFT, y, WIDTH - RIGHT);
            append(svg, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.1f</text>\n", LEFT - 6, y + 4, tenth / 10.0);
        }
        int last = last();
        int step = (last + MAX_TICKS - 1) / MAX_TICKS;
        for (int x = step; x <= last; x += step) {
            append(svg, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>\n", x(x), HEIGHT - 28, x);
        }
        append(
                svg,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
                (LEFT + WIDTH - RIGHT) / 2,
                HEIGHT - 8,
                escape(xTitle));
        append(
                svg,
                "<text transform=\"translate(14 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>\n",
                (TOP + HEIGHT - BOTTOM) / 2,
                escape(yTitle));
    }

    private void draw(StringBuilder svg, Line line, int index) {
        String stroke = String.format(
                Locale.ROOT,
                "fill=\"none\" stroke-width=\"2\" stroke=\"%s\" stroke-dasharray=\"%s\"",
                COLORS.get(index % COLORS.size()),
                DASHES.get(index / COLORS.size() % DASHES.size()));
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < line.values().size(); i++) {
            append(
                    points,
                    "%s%.1f,%.1f",
                    i == 0 ? "" : " ",
                    x(i + 1),
                    y(line.values().get(i)));
        }
        append(svg, "<polyline points=\"%s\" %s/>\n", points, stroke);
        markEnd(svg, line.values(), COLORS.get(index % COLORS.size()));
        int y = TOP + LEGEND_LINE * index + LEGEND_LINE / 2;
        append(svg, "<path d=\"M%d %dh24\" %s/>\n", WIDTH - RIGHT + 12, y, stroke);
        append(svg, "<text x=\"%d\" y=\"%d\">%s</text>\n", WIDTH - RIGHT + 42, y + 4, escape(line.label()));
    }

    /** A dot where a line ends, which is all that there is of one with a single value. */
    private void markEnd(StringBuilder svg, List<Double> values, String color) {
        int end = values.size();
        if (end > 0) {
            String dot = "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>\n";
            append(svg, dot, x(end), y(values.get(end - 1)), color);
        }
    }

    private int last() {
        return Math.max(
                2, lines.stream().mapToInt(line -> line.values().size()).max().orElse(0));
    }

    private double x(int number) {
        return LEFT + (double) (number - 1) / (last() - 1) * (WIDTH - RIGHT - LEFT);
    }

    private static double y(double value) {
        return TOP + (1 - value) * (HEIGHT - BOTTOM - TOP);
    }

    private static void append(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values));
    }

    /** Text that stands for itself between tags. */
    public static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
