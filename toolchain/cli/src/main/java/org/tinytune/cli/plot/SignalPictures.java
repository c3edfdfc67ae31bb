package org.tinytune.cli.plot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tinytune.cli.output.Quantities;
import org.tinytune.core.DecimalText;
import org.tinytune.data.Dataset;
import org.tinytune.data.SignalFormat;

/**
 * Windows of sensor data: of each class its mean and spread, then some samples; below each its spectrogram. All
 * waveforms are on one scale, and so are all spectrograms.
 */
final class SignalPictures {
    private static final int MAX_CHANNELS = 14;
    private static final int MAX_MAPS = 3;

    /** Samples of a class that its mean spectrogram is made of. */
    private static final int MEAN_OF = 40;

    /** Louder by as much than what is drawn black. */
    private static final double RANGE_DB = 80;

    private static final int COLUMNS = 4;
    private static final double WIDTH = 1040;
    private static final double LEFT = 54;
    private static final double GAP = 30;
    private static final double TITLE = 18;
    private static final double WAVE = 120;
    private static final double MAP = 96;
    private static final double STACKED_MAP = 40;
    private static final double STACK_GAP = 6;
    private static final double FOOT = 36;
    private static final double PANEL = (WIDTH - LEFT - 8 - (COLUMNS - 1) * GAP) / COLUMNS;

    private final Dataset dataset;
    private final SignalFormat format;
    private final int samples;
    private final int channels;
    private final FeatureMap maps;
    private final double mapsHeight;
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;
    private float loudest = Float.NEGATIVE_INFINITY;

    /**
     * What is drawn in one column.
     *
     * @param values in units, {@code [moments, channels]}
     * @param spread around each value; null for a sample
     * @param map in decibels
     */
    private record Panel(String title, float[] values, float[] spread, float[][][] map) {}

    private SignalPictures(Dataset dataset, SignalFormat format) {
        this.dataset = dataset;
        this.format = format;
        this.samples = dataset.shape().dim(0);
        this.channels = format.channels().size();
        this.maps = FeatureMap.of(samples, Math.min(MAX_MAPS, channels), format);
        this.mapsHeight = maps.channels() == 1 ? MAP : maps.channels() * (STACKED_MAP + STACK_GAP) - STACK_GAP;
    }

    /** All pictures. */
    static Pictures of(Dataset dataset, List<PlotClass> classes) {
        return new SignalPictures(dataset, dataset.signal().orElseThrow()).pictures(classes);
    }

    private Pictures pictures(List<PlotClass> classes) {
        Map<PlotClass, List<Panel>> panels = new LinkedHashMap<>();
        classes.forEach(c -> panels.put(c, panels(c)));
        panels.values().forEach(all -> all.forEach(this::measure));
        List<Pictures.Section> sections = new ArrayList<>();
        panels.forEach((c, all) -> sections.add(new Pictures.Section(
                c.label(), Quantities.count(c.members().length) + " windows", List.of(picture(c, all)))));
        return new Pictures(explanation(), Optional.of(legend()), sections);
    }

    private List<String> explanation() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "A window is %,d readings of %d channel%s at %s Hz. The first panel of a class is the mean of all its"
                        + " windows, with the standard deviation around it; the others are windows drawn at random.",
                samples,
                channels,
                channels == 1 ? "" : "s",
                DecimalText.of(format.rateHz()).replaceAll("\\.0$", "")));
        lines.add("Below each is what the block " + maps.block() + " makes of it, in the integers that a board computes"
                + (maps.channels() < channels ? ", of the first " + maps.channels() + " channels" : "")
                + "; below the mean, the mean of up to " + MEAN_OF + " windows.");
        if (channels > MAX_CHANNELS) {
            lines.add("Of " + channels + " channels, the first " + MAX_CHANNELS + " are drawn.");
        }
        return lines;
    }

    private List<Panel> panels(PlotClass c) {
        List<Panel> panels = new ArrayList<>();
        ClassMeans means = ClassMeans.of(dataset, c.members());
        panels.add(new Panel("mean ± deviation", units(means.mean()), units(means.deviation()), meanMap(c)));
        float[] window = new float[dataset.shape().elements()];
        for (int i : c.chosen()) {
            dataset.read(i, window, 0);
            panels.add(new Panel(title(i), units(window), null, maps.of(window, channels)));
        }
        return panels;
    }

    private String title(int sample) {
        String group = dataset.groups().isEmpty() ? "" : ", " + dataset.groups().get(dataset.group(sample));
        return Svg.fitting("sample " + sample + group, PANEL);
    }

    private float[] units(float[] counts) {
        float[] units = new float[counts.length];
        for (int i = 0; i < units.length; i++) {
            units[i] = (float) (counts[i] * format.scale());
        }
        return units;
    }

    /** Of samples that are spread evenly over the class. */
    private float[][][] meanMap(PlotClass c) {
        int count = Math.min(MEAN_OF, c.members().length);
        float[] window = new float[dataset.shape().elements()];
        float[][][] sum = null;
        for (int n = 0; n < count; n++) {
            dataset.read(c.members()[(int) ((long) n * c.members().length / count)], window, 0);
            float[][][] map = maps.of(window, channels);
            sum = sum == null ? map : sum;
            for (int k = 0; k < map.length; k++) {
                for (int t = 0; t < map[k].length; t++) {
                    for (int f = 0; f < map[k][t].length; f++) {
                        sum[k][t][f] = n == 0 ? map[k][t][f] / count : sum[k][t][f] + map[k][t][f] / count;
                    }
                }
            }
        }
        return sum == null ? new float[0][][] : sum;
    }

    private void measure(Panel panel) {
        for (int i = 0; i < panel.values().length; i++) {
            double spread = panel.spread() == null ? 0 : panel.spread()[i];
            low = Math.min(low, panel.values()[i] - spread);
            high = Math.max(high, panel.values()[i] + spread);
        }
        for (float[][] channel : panel.map()) {
            for (float[] frame : channel) {
                for (float decibels : frame) {
                    loudest = Math.max(loudest, decibels);
                }
            }
        }
    }

    private Picture picture(PlotClass c, List<Panel> panels) {
        int lines = (panels.size() + COLUMNS - 1) / COLUMNS;
        double height = TITLE + WAVE + 8 + mapsHeight + FOOT;
        Svg svg = new Svg();
        for (int p = 0; p < panels.size(); p++) {
            int row = p / COLUMNS;
            draw(svg, panels.get(p), LEFT + p % COLUMNS * (PANEL + GAP), row * height, p % COLUMNS == 0);
        }
        String title = "Waveforms and spectrograms of " + c.label();
        return new Picture(title, WIDTH, lines * height, svg.elements());
    }

    private void draw(Svg svg, Panel panel, double left, double top, boolean first) {
        Axis time = new Axis(0, samples / format.rateHz(), left, left + PANEL);
        svg.text(left, top + 12, Svg.Anchor.START, Palette.INK, panel.title());
        drawWaves(svg, panel, time, top + TITLE, first);
        double mapTop = top + TITLE + WAVE + 8;
        drawMaps(svg, panel, left, mapTop, first);
        double foot = mapTop + mapsHeight;
        for (Axis.Tick tick : time.ticks(4)) {
            double x = time.at(tick.value());
            svg.line(x, foot, x, foot + 4, Palette.SOFT);
            svg.text(x, foot + 15, Svg.Anchor.MIDDLE, Palette.SOFT, tick.text());
        }
        svg.text(left + PANEL / 2, foot + 28, Svg.Anchor.MIDDLE, Palette.SOFT, "time (s)");
    }

    private void drawWaves(Svg svg, Panel panel, Axis time, double top, boolean first) {
        Axis value = Axis.of(low, high, top + WAVE, top);
        for (Axis.Tick tick : value.ticks(5)) {
            double y = value.at(tick.value());
            svg.line(time.from(), y, time.to(), y, Palette.LINE);
            if (first) {
                svg.text(LEFT - 5, y + 4, Svg.Anchor.END, Palette.SOFT, tick.text());
            }
        }
        if (first) {
            svg.rising(11, top + WAVE / 2, Palette.SOFT, Svg.fitting(unit(), WAVE));
        }
        svg.frame(time.from(), top, PANEL, WAVE);
        int drawn = Math.min(MAX_CHANNELS, channels);
        for (int c = 0; c < drawn; c++) {
            Envelope line = Envelope.of(panel.values(), c, channels, (int) PANEL);
            double[] xs = time.at(seconds(line));
            if (panel.spread() != null) {
                double[] lows = line.values().clone();
                double[] highs = line.values().clone();
                double[] spread =
                        Envelope.at(line.moments(), panel.spread(), c, channels).values();
                for (int i = 0; i < spread.length; i++) {
                    lows[i] -= spread[i];
                    highs[i] += spread[i];
                }
                svg.band(xs, value.at(lows), value.at(highs), Palette.series(c));
            }
            svg.polyline(xs, value.at(line.values()), Palette.series(c), Palette.dash(c));
        }
    }

    private double[] seconds(Envelope line) {
        return IntStream.of(line.moments())
                .mapToDouble(m -> m / format.rateHz())
                .toArray();
    }

    private String unit() {
        if (!format.unit().isEmpty()) {
            return format.unit();
        }
        return maps.isSound() ? "of full scale" : "reading";
    }

    /** One map below the other, the channel's name in each if there are several. */
    private void drawMaps(Svg svg, Panel panel, double left, double top, boolean first) {
        double height = maps.channels() == 1 ? MAP : STACKED_MAP;
        for (int c = 0; c < panel.map().length; c++) {
            float[][] map = panel.map()[c];
            double y = top + c * (height + STACK_GAP);
            Raster image = Raster.of(
                    map.length,
                    map[0].length,
                    (t, f) -> Palette.magnitude((map[t][map[0].length - 1 - f] - loudest) / RANGE_DB + 1));
            svg.image(left, y, PANEL, height, image);
            svg.frame(left, y, PANEL, height);
            if (first) {
                frequencies(svg, y, height);
            }
            if (maps.channels() > 1) {
                String name = Svg.fitting(format.channels().get(c), PANEL / 2);
                svg.rectangle(left + 2, y + 2, name.length() * Svg.LETTER + 6, 14, Palette.CARD, 0.8);
                svg.text(left + 5, y + 13, Svg.Anchor.START, Palette.INK, name);
            }
        }
        if (first) {
            svg.rising(11, top + mapsHeight / 2, Palette.SOFT, "frequency (Hz)");
        }
    }

    private void frequencies(Svg svg, double top, double height) {
        double lastY = Double.POSITIVE_INFINITY;
        Axis hertz = new Axis(0, maps.highestHz(), 0, 1);
        for (Axis.Tick tick : hertz.ticks(height < 60 ? 2 : 5)) {
            double y = top + height * (1 - maps.position(tick.value()));
            if (lastY - y >= 12) {
                svg.line(LEFT - 4, y, LEFT, y, Palette.SOFT);
                svg.text(
                        LEFT - 6,
                        Math.max(top + 8, y + (tick.value() == 0 ? 0 : 4)),
                        Svg.Anchor.END,
                        Palette.SOFT,
                        tick.text());
                lastY = y;
            }
        }
    }

    private Picture legend() {
        Svg svg = new Svg();
        double x = 0;
        double y = 14;
        for (int c = 0; c < Math.min(MAX_CHANNELS, channels); c++) {
            String name = Svg.fitting(format.channels().get(c), 200);
            double width = 34 + name.length() * Svg.LETTER + 20;
            if (x + width > WIDTH) {
                x = 0;
                y += 20;
            }
            svg.polyline(new double[] {x, x + 26}, new double[] {y, y}, Palette.series(c), Palette.dash(c));
            svg.text(x + 32, y + 4, Svg.Anchor.START, Palette.INK, name);
            x += width;
        }
        y += 18;
        int steps = 64;
        svg.image(0, y, 160, 12, Raster.of(steps, 1, (i, j) -> Palette.magnitude(i / (steps - 1.0))));
        svg.text(
                168,
                y + 10,
                Svg.Anchor.START,
                Palette.INK,
                String.format(
                        Locale.ROOT,
                        "%.0f to %.0f dB, relative to a sine of full scale (32767 counts)",
                        loudest - RANGE_DB,
                        loudest));
        return new Picture("Colors of channels and of power", WIDTH, y + 22, svg.elements());
    }
}
