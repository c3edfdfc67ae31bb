package org.tinytune.train.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.augmentation.AdditiveNoise;
import org.tinytune.data.augmentation.Augmentation;
import org.tinytune.data.augmentation.AxisRotation;
import org.tinytune.data.augmentation.Cutout;
import org.tinytune.data.augmentation.Equalizer;
import org.tinytune.data.augmentation.Gain;
import org.tinytune.data.augmentation.HorizontalFlip;
import org.tinytune.data.augmentation.Jitter;
import org.tinytune.data.augmentation.NoiseColor;
import org.tinytune.data.augmentation.RandomAffine;
import org.tinytune.data.augmentation.SampleKind;
import org.tinytune.data.augmentation.Scaling;
import org.tinytune.data.augmentation.SpecAugment;
import org.tinytune.data.augmentation.TimeShift;
import org.tinytune.data.augmentation.TimeStretch;
import org.tinytune.data.augmentation.TimeWarp;
import org.tinytune.data.augmentation.VerticalFlip;
import org.tinytune.train.settings.TomlTable;

/** Reads the table {@code [train.augmentation]}. Checked by: ModelFileTest. */
final class AugmentationTable {
    private static final int MAX_PIXELS = 4096;
    private static final double MAX_DEGREES = 180;
    private static final double MAX_GAIN = 100;
    private static final double MAX_EQUALIZER = 40;
    private static final double MAX_SNR = 120;
    private static final double MAX_SIGMA = 9;
    private static final int MAX_MASKS = 100;
    private static final double BELOW_ONE = Math.nextDown(1.0);

    private final TomlTable settings;
    private final Shape sample;
    private final Optional<Shape> features;
    private final float background;

    /**
     * @param features shape of what a network is given of a sample, if that is something else
     * @param background the value of what comes into view in an image
     */
    AugmentationTable(TomlTable settings, Shape sample, Optional<Shape> features, float background) {
        this.settings = settings;
        this.sample = sample;
        this.features = features;
        this.background = background;
    }

    /**
     * What happens to what a network is given, in the order in which it would: to the thing, then to what is sensed.
     */
    Augmentation ofInput() {
        return features.isPresent() ? read().ofFeatures() : sequence(read().both());
    }

    /** What happens to samples before features are made of them. */
    Augmentation ofWindows() {
        return sequence(read().series());
    }

    /** Changes of series, and those of images. */
    private record Steps(List<Augmentation> series, List<Augmentation> images) {
        List<Augmentation> both() {
            return Stream.of(series, images).flatMap(List::stream).toList();
        }

        Augmentation ofFeatures() {
            return sequence(images);
        }
    }

    private Steps read() {
        Steps steps = new Steps(series(), images());
        settings.requireNothingElse();
        Shape image = features.orElse(sample);
        if (!steps.images().isEmpty() && image.rank() != 3) {
            throw settings.error("is for images, but samples are " + image + ": leave it out");
        }
        if (!steps.series().isEmpty() && !SampleKind.of(sample).isSeries()) {
            throw settings.error(
                    "is for series [T, 1, channels] in part, but samples are " + sample + ": leave out what is");
        }
        return steps;
    }

    private static Augmentation sequence(List<Augmentation> steps) {
        return steps.isEmpty() ? Augmentation.NONE : Augmentation.sequence(steps);
    }

    private List<Augmentation> series() {
        List<Augmentation> steps = new ArrayList<>();
        double stretch = within("time_stretch", BELOW_ONE);
        if (stretch > 0) {
            steps.add(new TimeStretch(stretch));
        }
        double warp = within("time_warp", BELOW_ONE);
        if (warp > 0) {
            steps.add(new TimeWarp(warp));
        }
        double shift = within("time_shift", BELOW_ONE);
        if (shift > 0) {
            steps.add(new TimeShift(shift));
        }
        double rotation = within("axis_rotation", MAX_DEGREES);
        if (rotation > 0) {
            if (!AxisRotation.fits(sample)) {
                throw settings.error("axis_rotation is for series with three axes, [T, 1, 3], but samples are " + sample
                        + ": leave it out");
            }
            steps.add(new AxisRotation(rotation));
        }
        double scaling = within("scaling", BELOW_ONE);
        if (scaling > 0) {
            steps.add(new Scaling(scaling));
        }
        double equalizer = within("equalizer", MAX_EQUALIZER);
        if (equalizer > 0) {
            steps.add(new Equalizer(equalizer));
        }
        double gain = within("gain", MAX_GAIN);
        if (gain > 0) {
            steps.add(new Gain(gain));
        }
        addNoise(steps);
        double jitter = within("jitter", MAX_SIGMA);
        if (jitter > 0) {
            steps.add(new Jitter(jitter));
        }
        return steps;
    }

    private void addNoise(List<Augmentation> steps) {
        NoiseColor color = settings.word("noise_color", NoiseColor.PINK);
        double probability = within("noise", 1);
        if (!settings.has("snr")) {
            if (probability > 0 || settings.has("noise_color")) {
                throw settings.error("noise needs the signal-to-noise ratio in decibels, as in snr = [10, 40]");
            }
            return;
        }
        double[] snr = settings.numbers("snr");
        if (snr.length != 2 || !(snr[0] >= -MAX_SNR && snr[0] <= snr[1] && snr[1] <= MAX_SNR)) {
            throw settings.error("snr: give the least and the greatest in decibels, as in snr = [10, 40]");
        }
        if (!settings.has("noise") || probability > 0) {
            steps.add(new AdditiveNoise(color, settings.has("noise") ? probability : 1, snr[0], snr[1]));
        }
    }

    /** The affine change first, then the mirrors, then what is cut out or hidden. */
    private List<Augmentation> images() {
        List<Augmentation> steps = new ArrayList<>();
        double shift = within("shift", MAX_PIXELS);
        double rotation = within("rotation", MAX_DEGREES);
        double scale = within("scale", BELOW_ONE);
        double shear = within("shear", 1);
        if (shift > 0 || rotation > 0 || scale > 0 || shear > 0) {
            steps.add(new RandomAffine(shift, rotation, scale, shear, background));
        }
        double flip = within("flip", 1);
        if (flip > 0) {
            steps.add(new HorizontalFlip(flip));
        }
        double verticalFlip = within("vertical_flip", 1);
        if (verticalFlip > 0) {
            steps.add(new VerticalFlip(verticalFlip));
        }
        int cutout = settings.integerOr("cutout", 0, 0, MAX_PIXELS);
        if (cutout > 0) {
            steps.add(new Cutout(cutout, background));
        }
        int frames = settings.integerOr("time_mask", 0, 0, MAX_PIXELS);
        int bands = settings.integerOr("frequency_mask", 0, 0, MAX_PIXELS);
        int masks = settings.integerOr("masks", 1, 1, MAX_MASKS);
        if (frames > 0 || bands > 0) {
            steps.add(new SpecAugment(frames, bands, masks));
        }
        return steps;
    }

    private double within(String key, double max) {
        double value = settings.numberOr(key, 0);
        if (!(value >= 0 && value <= max)) {
            throw settings.error(key + " = " + value + ": give 0 to " + max);
        }
        return value;
    }
}
