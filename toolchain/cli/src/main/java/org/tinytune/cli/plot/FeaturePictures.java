package org.tinytune.cli.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tinytune.cli.output.Quantities;
import org.tinytune.data.Dataset;

/** Rows of a table: of each column how its values are distributed in each class, and so for the targets. */
final class FeaturePictures {
    private static final int MAX_COLUMNS = 64;
    private static final double WIDTH = 510;
    private static final double LINE = 20;
    private static final double TITLE = 22;
    private static final double FOOT = 36;
    private static final double LABELS = 150;
    private static final double RIGHT = 28;
    private static final double BOX = 11;

    /** Of the whiskers: they leave out what is rare. */
    private static final double LOW = 0.05;

    private final List<PlotClass> classes;

    /** The values of one column in one class, ascending. */
    private record Distribution(String label, float[] sorted) {
        float quantile(double part) {
            return sorted[(int) Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
        }

        double mean() {
            double sum = 0;
            for (float value : sorted) {
                sum += value;
            }
            return sum / sorted.length;
        }
    }

    /** Reads a value of a sample. */
    @FunctionalInterface
    private interface Column {
        float of(int sample);
    }

    private FeaturePictures(List<PlotClass> classes) {
        this.classes = classes;
    }

    /** All pictures. */
    static Pictures of(Dataset dataset, List<PlotClass> classes) {
        return new FeaturePictures(classes).pictures(dataset);
    }

    private Pictures pictures(Dataset dataset) {
        int elements = dataset.shape().elements();
        int drawn = Math.min(MAX_COLUMNS, elements);
        float[][] columns = new float[drawn][dataset.size()];
        float[] sample = new float[elements];
        for (int i = 0; i < dataset.size(); i++) {
            dataset.read(i, sample, 0);
            for (int k = 0; k < drawn; k++) {
                columns[k][i] = sample[k];
            }
        }
        List<Pictures.Section> sections = new ArrayList<>();
        List<Picture> quantities = new ArrayList<>();
        for (int q = 0; q < dataset.quantities().size(); q++) {
            int quantity = q;
            float[] values = new float[dataset.quantities().size()];
            quantities.add(picture(dataset.quantities().get(q), i -> {
                dataset.readQuantities(i, values, 0);
                return values[quantity];
            }));
        }
        if (!quantities.isEmpty()) {
            sections.add(new Pictures.Section("Targets", "what is to be told", quantities));
        }
        List<Picture> features = new ArrayList<>();
        for (int k = 0; k < drawn; k++) {
            float[] column = columns[k];
            features.add(picture("feature " + (k + 1), i -> column[i]));
        }
        String note = drawn < elements ? "the first " + drawn + " of " + Quantities.count(elements) : "all " + elements;
        sections.add(new Pictures.Section("Features", note + ", in the order of the file", features));
        return new Pictures(explanation(dataset), Optional.empty(), sections);
    }

    private List<String> explanation(Dataset dataset) {
        return List.of(String.format(
                Locale.ROOT,
                "%s samples. A box holds the middle half of a column's values in a class, its line the median, the dot"
                        + " the mean; whiskers end at 5 %% and 95 %%, thin lines at the lowest and the highest value.",
                Quantities.count(dataset.size())));
    }

    private Picture picture(String title, Column column) {
        List<Distribution> distributions = new ArrayList<>();
        for (PlotClass c : classes) {
            float[] values = new float[c.members().length];
            for (int n = 0; n < values.length; n++) {
                values[n] = column.of(c.members()[n]);
            }
            Arrays.sort(values);
            distributions.add(new Distribution(c.label(), values));
        }
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (Distribution d : distributions) {
            if (d.sorted().length > 0) {
                min = Math.min(min, d.sorted()[0]);
                max = Math.max(max, d.sorted()[d.sorted().length - 1]);
            }
        }
        boolean any = min <= max;
        Axis axis = Axis.of(any ? min : 0, any ? max : 1, LABELS, WIDTH - RIGHT);
        double foot = TITLE + LINE * distributions.size() + 4;
        Svg svg = new Svg();
        svg.text(LABELS, 14, Svg.Anchor.START, Palette.INK, 12, Svg.fitting(title, WIDTH - LABELS));
        for (Axis.Tick tick : axis.ticks(6)) {
            double x = axis.at(tick.value());
            svg.line(x, TITLE, x, foot, Palette.LINE);
            svg.text(x, foot + 14, Svg.Anchor.MIDDLE, Palette.SOFT, tick.text());
        }
        svg.line(LABELS, foot, axis.to(), foot, Palette.SOFT);
        svg.text(
                (LABELS + axis.to()) / 2, foot + 28, Svg.Anchor.MIDDLE, Palette.SOFT, "value, in the unit of the file");
        for (int d = 0; d < distributions.size(); d++) {
            draw(svg, distributions.get(d), axis, TITLE + LINE * (d + 0.5));
        }
        return new Picture("Distribution of " + title, WIDTH, foot + FOOT, svg.elements());
    }

    private static void draw(Svg svg, Distribution d, Axis axis, double y) {
        svg.text(LABELS - 8, y + 4, Svg.Anchor.END, Palette.INK, Svg.fitting(d.label(), LABELS - 10));
        if (d.sorted().length == 0) {
            svg.text(LABELS + 6, y + 4, Svg.Anchor.START, Palette.SOFT, "no samples");
            return;
        }
        double[] at = axis.at(new double[] {
            d.quantile(0),
            d.quantile(LOW),
            d.quantile(0.25),
            d.quantile(0.5),
            d.quantile(0.75),
            d.quantile(1 - LOW),
            d.quantile(1)
        });
        svg.line(at[0], y, at[6], y, Palette.SOFT);
        svg.rectangle(at[1], y - 1.5, Math.max(1, at[5] - at[1]), 3, Palette.BLUE, 0.6);
        svg.rectangle(at[2], y - BOX / 2, Math.max(1, at[4] - at[2]), BOX, Palette.BLUE, 0.35);
        svg.rectangle(at[3] - 1, y - BOX / 2, 2, BOX, Palette.INK, 1);
        svg.dot(axis.at(d.mean()), y, 2.5, Palette.VERMILION);
    }
}
