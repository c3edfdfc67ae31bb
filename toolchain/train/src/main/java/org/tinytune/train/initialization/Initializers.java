package org.tinytune.train.initialization;

import org.tinytune.train.initialization.Initializer.Distribution.Shape;
import org.tinytune.train.initialization.VarianceScaling.Rule;
import org.tinytune.train.settings.Registry;

/** The initializers by name. */
public final class Initializers {
    /** What is right for most networks. */
    public static final Initializer STANDARD = new ByActivation();

    /** All of them, with their usual settings. */
    public static final Registry<Initializer> ALL = new Registry<Initializer>("initializer")
            .add("by-activation", STANDARD)
            .add("uniform", Uniform.standard())
            .add("normal", Normal.standard())
            .add("glorot-uniform", new VarianceScaling(Rule.GLOROT, Shape.UNIFORM))
            .add("glorot-normal", new VarianceScaling(Rule.GLOROT, Shape.NORMAL))
            .add("he-uniform", new VarianceScaling(Rule.HE, Shape.UNIFORM))
            .add("he-normal", new VarianceScaling(Rule.HE, Shape.NORMAL))
            .add("lecun-uniform", new VarianceScaling(Rule.LECUN, Shape.UNIFORM))
            .add("lecun-normal", new VarianceScaling(Rule.LECUN, Shape.NORMAL));

    private Initializers() {}
}
