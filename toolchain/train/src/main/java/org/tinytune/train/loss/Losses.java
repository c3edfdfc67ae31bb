package org.tinytune.train.loss;

import org.tinytune.train.settings.Registry;

/** The losses by name. */
public final class Losses {
    /** All of them, with their usual settings. */
    public static final Registry<Loss> ALL = new Registry<Loss>("loss")
            .add("cross-entropy", new SoftmaxCrossEntropy(0))
            .add("binary-cross-entropy", new BinaryCrossEntropy())
            .add("mse", new MeanSquaredError())
            .add("mae", new MeanAbsoluteError())
            .add("huber", Huber.standard());

    private Losses() {}
}
