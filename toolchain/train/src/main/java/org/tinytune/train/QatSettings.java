package org.tinytune.train;

import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.train.settings.Settings;

/**
 * The quantization-aware training that follows the one in float.
 *
 * @param epochs passes in integers, at most; 0 leaves it at calibration
 * @param learningRate factor of the learning rate, above 0
 */
public record QatSettings(int epochs, double learningRate) {
    /**
     * Checks the ranges.
     *
     * @throws TinytuneException with {@link ExitCode#USAGE} if a number is out of range
     */
    public QatSettings {
        Settings.require(epochs >= 0, "int8 epochs", epochs, "0 or more");
        Settings.requirePositive("int8 learning rate factor", learningRate);
    }
}
