package org.tinytune.nas;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.tinytune.search.space.Condition;
import org.tinytune.search.space.FloatDistribution;
import org.tinytune.search.space.IntDistribution;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.space.SearchSpace;

/**
 * How a trial changes its training samples at random: a few strengths in the search space, by what samples are of, and
 * the way from strengths to augmentations. A strength of 0 changes nothing. A strength is for changes of one sort,
 * which help or harm together; so the space stays small.
 */
final class AugmentationSpace {
    private static final String STRENGTH = "augmentation";
    private static final String NOISE = "noise";
    private static final String MICROPHONE = "microphone";
    private static final String ROTATION = "rotation";
    private static final String FLIP = "flip";
    private static final String CUTOUT = "cutout";
    static final String MIXUP = "mixup";
    private static final String MASKS_STRENGTH = "masks";

    /** The largest shift of an image, at full strength, as a part of its smaller side. */
    private static final double MAX_SHIFT = 0.1;

    private static final double MAX_ROTATION_DEGREES = 12;
    private static final double MAX_SCALE = 0.12;
    private static final double MAX_SHEAR = 0.12;

    /** In a smaller image a square or a mirror takes away what tells classes apart. */
    private static final int LARGE_IMAGE = 16;

    private static final double MAX_CUTOUT = 0.5;
    private static final double FLIP_PROBABILITY = 0.5;
    private static final double MAX_MIXUP = 0.4;

    private static final double MAX_TIME_SHIFT = 0.1;
    private static final double MAX_TIME_STRETCH = 0.2;
    /** Between a mouth at the microphone and one across the room. */
    private static final double MAX_GAIN_DECIBELS = 24;

    private static final double MAX_EQUALIZER_DECIBELS = 20;
    /** From a loud street to a quiet room. */
    private static final double MIN_SNR = 5;

    private static final double MAX_SNR = 40;

    private static final double MAX_JITTER = 0.1;
    private static final double MAX_SCALING = 0.2;
    private static final double MAX_TIME_WARP = 0.3;
    /** A sensor may be worn or held any way round; where it matters which way, the search finds less to be better. */
    private static final double MAX_AXIS_DEGREES = 180;

    private static final double MAX_MASKED = 0.2;
    private static final int MASKS = 2;

    private final Shape sample;
    private final SampleKind kind;

    /** @param sample {@code [H, W, C]} or {@code [N]} */
    AugmentationSpace(Shape sample, SampleKind kind) {
        this.sample = sample;
        this.kind = kind;
    }

    /** Adds the strengths. All are numbers, of which the least changes nothing. */
    void addTo(SearchSpace.Builder space) {
        if (kind == SampleKind.FEATURES) {
            return;
        }
        space.add(STRENGTH, FloatDistribution.uniform(0, 1));
        if (kind == SampleKind.SOUND) {
            space.add(NOISE, FloatDistribution.uniform(0, 1));
            space.add(MICROPHONE, FloatDistribution.uniform(0, 1));
        }
        if (kind == SampleKind.MOTION && AxisRotation.fits(sample)) {
            space.add(ROTATION, FloatDistribution.uniform(0, 1));
        }
        if (isLargeImage()) {
            space.add(FLIP, IntDistribution.uniform(0, 1));
            space.add(CUTOUT, FloatDistribution.uniform(0, 1));
        }
        if (kind != SampleKind.IMAGE || isLargeImage()) {
            space.add(MIXUP, FloatDistribution.uniform(0, MAX_MIXUP));
        }
    }

    /** Values of all strengths that there may be, but for pairs that are mixed. */
    static Map<String, Double> allStrengths(double strength) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (String name : List.of(STRENGTH, NOISE, MICROPHONE, ROTATION, MASKS_STRENGTH)) {
            values.put(name, strength);
        }
        return values;
    }

    /** Adds the strength of what happens to features over time, behind what happened to their samples. */
    static void addMasks(SearchSpace.Builder space, Condition... conditions) {
        space.add(MASKS_STRENGTH, FloatDistribution.uniform(0, 1), conditions);
    }

    /**
     * What happens to features.
     *
     * @param features {@code [frames, features, channels]}
     */
    static Augmentation masks(Parameters parameters, Shape features) {
        double strength = strength(parameters, MASKS_STRENGTH);
        return parameters.has(MASKS_STRENGTH) ? masks(strength, features) : Augmentation.NONE;
    }

    private static Augmentation masks(double strength, Shape map) {
        return new SpecAugment(
                (int) Math.rint(strength * MAX_MASKED * map.dim(0)),
                (int) Math.rint(strength * MAX_MASKED * map.dim(1)),
                MASKS);
    }

    private boolean isLargeImage() {
        return kind == SampleKind.IMAGE && smallerSide(sample) >= LARGE_IMAGE;
    }

    private static int smallerSide(Shape image) {
        return Math.min(image.dim(0), image.dim(1));
    }

    /** How evenly samples are mixed in pairs. */
    static double mixup(Parameters parameters) {
        return strength(parameters, MIXUP);
    }

    /**
     * What happens to a sample.
     *
     * @param shape of the sample, which may be smaller than those of the data set
     * @param background the raw value of what comes into view in an image
     */
    Augmentation augmentation(Parameters parameters, Shape shape, float background) {
        double strength = strength(parameters, STRENGTH);
        return switch (kind) {
            case FEATURES -> Augmentation.NONE;
            case IMAGE -> image(parameters, shape, strength, background);
            case SOUND -> sound(strength, strength(parameters, NOISE), strength(parameters, MICROPHONE));
            case MOTION -> motion(parameters, strength);
            case SPECTROGRAM -> masks(strength, shape);
        };
    }

    private static Augmentation image(Parameters parameters, Shape shape, double strength, float background) {
        int side = smallerSide(shape);
        List<Augmentation> steps = new ArrayList<>();
        steps.add(new RandomAffine(
                strength * MAX_SHIFT * side,
                strength * MAX_ROTATION_DEGREES,
                strength * MAX_SCALE,
                strength * MAX_SHEAR,
                background));
        if (parameters.has(FLIP) && parameters.getInt(FLIP) == 1) {
            steps.add(new HorizontalFlip(FLIP_PROBABILITY));
        }
        int square = (int) Math.rint(strength(parameters, CUTOUT) * MAX_CUTOUT * side);
        if (square > 0) {
            steps.add(new Cutout(square, background));
        }
        return Augmentation.sequence(steps);
    }

    private static Augmentation motion(Parameters parameters, double strength) {
        List<Augmentation> steps = new ArrayList<>();
        steps.add(new TimeWarp(strength * MAX_TIME_WARP));
        if (parameters.has(ROTATION)) {
            steps.add(new AxisRotation(parameters.getDouble(ROTATION) * MAX_AXIS_DEGREES));
        }
        steps.add(new Scaling(strength * MAX_SCALING));
        steps.add(new Jitter(strength * MAX_JITTER));
        return Augmentation.sequence(steps);
    }

    /** As many samples get noise as its strength says, of either color. */
    private static Augmentation sound(double strength, double noise, double microphone) {
        return Augmentation.sequence(List.of(
                new TimeStretch(strength * MAX_TIME_STRETCH),
                new TimeShift(strength * MAX_TIME_SHIFT),
                new Equalizer(microphone * MAX_EQUALIZER_DECIBELS),
                new Gain(microphone * MAX_GAIN_DECIBELS),
                new AdditiveNoise(NoiseColor.PINK, noise / 2, MIN_SNR, MAX_SNR),
                new AdditiveNoise(NoiseColor.WHITE, noise / 2, MIN_SNR, MAX_SNR)));
    }

    private static double strength(Parameters parameters, String name) {
        return parameters.has(name) ? parameters.getDouble(name) : 0;
    }
}
