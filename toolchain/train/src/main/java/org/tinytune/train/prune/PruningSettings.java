package org.tinytune.train.prune;

import org.tinytune.train.settings.Settings;

/**
 * How much is pruned, and how. In round r of n, the share of channels that are gone reaches {@code f · (1 - (1 -
 * r/n)³)}: many go while there are many to spare, few towards the end. After every round, training goes on in float.
 *
 * <p>Source: Zhu and Gupta, "To Prune, or Not to Prune: Exploring the Efficacy of Pruning for Model Compression", 2017,
 * section 3, for the schedule. Checked by: PruningTest.
 *
 * @param fraction of the channels of each layer that go, at most, in [0, 1); 0 for no pruning
 * @param rounds 1 or more
 * @param epochs of fine-tuning after each round, 0 or more
 * @param learningRate factor of the learning rate in fine-tuning, above 0
 */
public record PruningSettings(double fraction, int rounds, int epochs, double learningRate) {
    /** No pruning. */
    public static final PruningSettings NONE = new PruningSettings(0, 1, 0, 1);

    /** Of fine-tuning, which is to keep most of what was learned. */
    public static final double USUAL_LEARNING_RATE = 0.3;

    /** Checks the ranges. */
    public PruningSettings {
        Settings.requireShare("the pruned fraction", fraction);
        Settings.require(rounds >= 1, "pruning rounds", rounds, "1 or more");
        Settings.require(epochs >= 0, "epochs of fine-tuning", epochs, "0 or more");
        Settings.requirePositive("fine-tuning learning rate factor", learningRate);
    }

    /** With the usual learning rate. */
    public static PruningSettings of(double fraction, int rounds, int epochs) {
        return new PruningSettings(fraction, rounds, epochs, USUAL_LEARNING_RATE);
    }

    /** The share of the channels before the first round that are gone after a round, from 1. */
    public double gone(int round) {
        double rest = 1 - (double) round / rounds;
        return fraction * (1 - rest * rest * rest);
    }
}
