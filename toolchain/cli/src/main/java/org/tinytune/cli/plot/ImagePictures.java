package org.tinytune.cli.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tinytune.cli.output.Quantities;
import org.tinytune.core.DecimalText;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.ValueRange;

/** Images: of each class its mean, the deviation from it, and some samples. */
final class ImagePictures {
    private static final double WIDTH = 1040;
    private static final double SIDE = 88;
    private static final double GAP = 12;
    private static final double TITLE = 18;

    /** Of deviations: as large as a value that is one end of the range half of the time. */
    private static final double HALF = 0.5;

    private final Dataset dataset;
    private final int height;
    private final int width;
    private final int channels;
    private final ValueRange range;

    private ImagePictures(Dataset dataset, List<PlotClass> classes) {
        this.dataset = dataset;
        Shape shape = dataset.shape();
        this.height = shape.dim(0);
        this.width = shape.dim(1);
        this.channels = shape.dim(2);
        this.range = dataset.declaredRange().orElseGet(() -> shown(dataset, classes));
    }

    /** Of what is shown. */
    private static ValueRange shown(Dataset dataset, List<PlotClass> classes) {
        float[] sample = new float[dataset.shape().elements()];
        float min = Float.POSITIVE_INFINITY;
        float max = Float.NEGATIVE_INFINITY;
        for (PlotClass c : classes) {
            for (int i : c.chosen()) {
                dataset.read(i, sample, 0);
                for (float value : sample) {
                    min = Math.min(min, value);
                    max = Math.max(max, value);
                }
            }
        }
        return min <= max ? new ValueRange(min, max) : new ValueRange(0, 1);
    }

    /** All pictures. */
    static Pictures of(Dataset dataset, List<PlotClass> classes) {
        ImagePictures pictures = new ImagePictures(dataset, classes);
        List<Pictures.Section> sections = new ArrayList<>();
        for (PlotClass c : classes) {
            String note = Quantities.count(c.members().length) + " images";
            sections.add(new Pictures.Section(c.label(), note, List.of(pictures.picture(c))));
        }
        return new Pictures(pictures.explanation(), Optional.of(pictures.legend()), sections);
    }

    private List<String> explanation() {
        List<String> lines = new ArrayList<>(List.of(String.format(
                Locale.ROOT,
                "An image is %d x %d pixels of %d channel%s. The first of a class is the mean of all its images, the"
                        + " second their standard deviation, the others are drawn at random.",
                width,
                height,
                channels,
                channels == 1 ? "" : "s")));
        if (channels != 1 && channels != 3) {
            lines.add("Of the channels, the first one is drawn.");
        }
        return lines;
    }

    private Picture picture(PlotClass c) {
        ClassMeans means = ClassMeans.of(dataset, c.members());
        double scale = SIDE / Math.max(height, width);
        double tileWidth = Math.max(SIDE, width * scale);
        int columns = (int) ((WIDTH + GAP) / (tileWidth + GAP));
        double line = TITLE + height * scale + GAP;
        Svg svg = new Svg();
        float[] sample = new float[dataset.shape().elements()];
        int tiles = c.chosen().length + 2;
        for (int t = 0; t < tiles; t++) {
            double x = t % columns * (tileWidth + GAP);
            int row = t / columns;
            double y = row * line;
            Raster image;
            String title;
            if (t == 0) {
                title = "mean";
                image = plain(means.mean());
            } else if (t == 1) {
                title = "deviation";
                image = deviation(means.deviation());
            } else {
                dataset.read(c.chosen()[t - 2], sample, 0);
                title = "sample " + c.chosen()[t - 2];
                image = plain(sample);
            }
            svg.text(x, y + 12, Svg.Anchor.START, t < 2 ? Palette.INK : Palette.SOFT, title);
            svg.image(x, y + TITLE, width * scale, height * scale, image);
            svg.frame(x, y + TITLE, width * scale, height * scale);
        }
        int lines = (tiles + columns - 1) / columns;
        return new Picture("Mean, deviation and samples of " + c.label(), WIDTH, lines * line, svg.elements());
    }

    /** As it looks. */
    private Raster plain(float[] values) {
        return Raster.of(width, height, (x, y) -> {
            int at = (y * width + x) * channels;
            int red = level(values[at]);
            return channels == 3
                    ? red << 16 | level(values[at + 1]) << 8 | level(values[at + 2])
                    : red << 16 | red << 8 | red;
        });
    }

    private int level(float value) {
        double span = range.max() - range.min();
        double part = span > 0 ? (value - range.min()) / span : HALF;
        return (int) Math.rint(255 * Math.max(0, Math.min(1, part)));
    }

    /** The mean over channels, by the colors of magnitudes. */
    private Raster deviation(float[] deviations) {
        double most = HALF * (range.max() - range.min());
        return Raster.of(width, height, (x, y) -> {
            double sum = 0;
            for (int c = 0; c < channels; c++) {
                sum += deviations[(y * width + x) * channels + c];
            }
            return Palette.magnitude(most > 0 ? sum / channels / most : 0);
        });
    }

    private Picture legend() {
        Svg svg = new Svg();
        int steps = 64;
        svg.image(0, 4, 160, 12, Raster.of(steps, 1, (i, j) -> {
            int grey = 255 * i / (steps - 1);
            return grey << 16 | grey << 8 | grey;
        }));
        svg.frame(0, 4, 160, 12);
        String values = "values " + text(range.min()) + " to " + text(range.max());
        svg.text(168, 14, Svg.Anchor.START, Palette.INK, values);
        svg.image(400, 4, 160, 12, Raster.of(steps, 1, (i, j) -> Palette.magnitude(i / (steps - 1.0))));
        String deviations = "deviations 0 to " + text((float) (HALF * ((double) range.max() - range.min())));
        svg.text(568, 14, Svg.Anchor.START, Palette.INK, deviations);
        return new Picture("Colors of values and of deviations", WIDTH, 24, svg.elements());
    }

    private static String text(float value) {
        String text = DecimalText.of(value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
}
