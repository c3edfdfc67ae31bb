package org.tinytune.train;

import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.train.quantize.CalibrationMethod;
import org.tinytune.train.quantize.CalibrationMethods;
import org.tinytune.train.range.RangeLearning;
import org.tinytune.train.range.RangeLearnings;
import org.tinytune.train.range.WeightScaling;
import org.tinytune.train.range.WeightScalings;
import org.tinytune.train.settings.Settings;

/**
 * The quantization-aware training that follows the one in float.
 *
 * @param epochs passes in integers, at most; 0 leaves it at calibration: post-training quantization
 * @param learningRate factor of the learning rate, above 0
 * @param calibration how the ranges of activations are chosen
 * @param ranges how they are learned from there
 * @param weights where the scales of weights come from
 */
public record QatSettings(
        int epochs, double learningRate, CalibrationMethod calibration, RangeLearning ranges, WeightScaling weights) {
    /**
     * Checks the ranges.
     *
     * @throws TinytuneException with {@link ExitCode#USAGE} if a number is out of range
     */
    public QatSettings {
        Settings.require(epochs >= 0, "int8 epochs", epochs, "0 or more");
        Settings.requirePositive("int8 learning rate factor", learningRate);
    }

    /** With ranges as they are calibrated by the usual method. */
    public QatSettings(int epochs, double learningRate) {
        this(epochs, learningRate, CalibrationMethods.STANDARD, RangeLearnings.STATIC, WeightScalings.MAGNITUDE);
    }

    /** The same for so many epochs. */
    public QatSettings withEpochs(int other) {
        return new QatSettings(other, learningRate, calibration, ranges, weights);
    }

    /** The same with another calibration. */
    public QatSettings with(CalibrationMethod other) {
        return new QatSettings(epochs, learningRate, other, ranges, weights);
    }

    /** The same with ranges that are learned in another way. */
    public QatSettings with(RangeLearning other) {
        return new QatSettings(epochs, learningRate, calibration, other, weights);
    }

    /** The same with scales of weights that come from elsewhere. */
    public QatSettings with(WeightScaling other) {
        return new QatSettings(epochs, learningRate, calibration, ranges, other);
    }
}
