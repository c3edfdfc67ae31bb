package org.tinytune.train.layer;

import java.util.List;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.svdf.Svdf;
import org.tinytune.core.op.svdf.SvdfParams;
import org.tinytune.train.settings.TomlTable;

/**
 * A recurrent cell that reads a row of values at each step of a sequence, and remembers the latest steps:
 * {@code units}, {@code memory} in steps, {@code rank}, {@code activation}.
 *
 * <p>Source: Nakkiran et al., "Compressing Deep Neural Networks using a Rank-Constrained Topology", Interspeech 2015.
 */
final class SvdfLayer implements LayerType {
    private static final int MAX = 4096;

    @Override
    public int add(TomlTable settings, NetworkDraft draft, List<Integer> inputs) {
        int units = settings.integer("units", 1, MAX);
        int memory = settings.integer("memory", 1, MAX);
        int rank = settings.integerOr("rank", 1, 1, MAX);
        int filters = units * rank;
        return draft.node(
                "svdf",
                Svdf.INSTANCE,
                new SvdfParams(rank, activation(settings)),
                inputs.get(0),
                draft.zeros("svdf/feature_weights", filters, draft.row(inputs.get(0))),
                draft.zeros("svdf/time_weights", filters, memory),
                draft.zeros("svdf/bias", units),
                draft.state("svdf/state", filters, memory));
    }

    /** In int8, the cell's range is its only clamp: that makes a ReLU, or none. */
    private static Activation activation(TomlTable settings) {
        Activation activation = settings.word("activation", Activation.NONE);
        if (activation != Activation.NONE && activation != Activation.RELU) {
            throw settings.error("activation = \"" + settings.text("activation", "relu")
                    + "\": an svdf takes \"none\" or \"relu\" (put another behind it as a layer)");
        }
        return activation;
    }
}
