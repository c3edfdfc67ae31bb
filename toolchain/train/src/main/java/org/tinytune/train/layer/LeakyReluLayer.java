package org.tinytune.train.layer;

import java.util.List;
import org.tinytune.core.op.leakyrelu.LeakyRelu;
import org.tinytune.core.op.leakyrelu.LeakyReluParams;
import org.tinytune.train.settings.TomlTable;

/**
 * A ReLU that lets through a part of what is negative: {@code alpha}.
 *
 * <p>Source of the usual part: Maas, Hannun and Ng, "Rectifier Nonlinearities Improve Neural Network Acoustic Models",
 * ICML 2013, section 2.
 */
final class LeakyReluLayer implements LayerType {
    private static final double USUAL_ALPHA = 0.01;

    @Override
    public int add(TomlTable settings, NetworkDraft draft, List<Integer> inputs) {
        double alpha = settings.numberOr("alpha", USUAL_ALPHA);
        if (!(alpha >= 0 && alpha <= 1)) {
            throw settings.error("alpha " + alpha + ": give 0 to 1");
        }
        return draft.node("leaky_relu", LeakyRelu.INSTANCE, new LeakyReluParams((float) alpha), inputs.get(0));
    }
}
