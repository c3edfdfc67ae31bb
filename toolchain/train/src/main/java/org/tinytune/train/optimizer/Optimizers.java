package org.tinytune.train.optimizer;

import org.tinytune.train.settings.Registry;

/** The optimizers by name. */
public final class Optimizers {
    /** All of them, with the constants of their papers. */
    public static final Registry<OptimizerSettings> ALL = new Registry<OptimizerSettings>("optimizer")
            .add("sgd", Sgd.standard())
            .add("momentum", Momentum.standard())
            .add("nesterov", Nesterov.standard())
            .add("adagrad", Adagrad.standard())
            .add("adadelta", Adadelta.standard())
            .add("rmsprop", RmsProp.standard())
            .add("adam", Adam.standard())
            .add("amsgrad", AmsGrad.standard())
            .add("adamw", Adam.withDecay(Adam.WEIGHT_DECAY))
            .add("lamb", Lamb.standard());

    private Optimizers() {}
}
