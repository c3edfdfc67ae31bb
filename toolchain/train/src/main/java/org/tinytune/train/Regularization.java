package org.tinytune.train;

import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.data.augmentation.Augmentation;
import org.tinytune.train.optimizer.Penalty;
import org.tinytune.train.settings.Settings;

/**
 * What keeps a network from learning its training samples by heart. Weight decay is a setting of the optimizer, label
 * smoothing one of the cross-entropy, and dropout an operator of the network.
 *
 * @param penalty on weights
 * @param mixup how evenly samples are mixed in pairs: the alpha of {@link org.tinytune.train.data.Mixup}; 0 for not at
 *     all
 * @param augmentation of training samples
 * @param earlyStopping when a phase ends before its time
 */
public record Regularization(Penalty penalty, double mixup, Augmentation augmentation, EarlyStopping earlyStopping) {
    /** None of it. */
    public static final Regularization NONE =
            new Regularization(Penalty.NONE, 0, Augmentation.NONE, EarlyStopping.NEVER);

    /**
     * Checks the range.
     *
     * @throws TinytuneException with {@link ExitCode#USAGE} if a number is out of range
     */
    public Regularization {
        Settings.requireNotNegative("mixup", mixup);
    }

    /** The same with another penalty. */
    public Regularization with(Penalty other) {
        return new Regularization(other, mixup, augmentation, earlyStopping);
    }

    /** The same with other mixup. */
    public Regularization withMixup(double other) {
        return new Regularization(penalty, other, augmentation, earlyStopping);
    }

    /** The same with other augmentation. */
    public Regularization with(Augmentation other) {
        return new Regularization(penalty, mixup, other, earlyStopping);
    }

    /** The same with another end. */
    public Regularization with(EarlyStopping other) {
        return new Regularization(penalty, mixup, augmentation, other);
    }
}
