package org.tinytune.train.layer;

import java.util.List;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.batchnorm.BatchNorm;
import org.tinytune.core.op.batchnorm.BatchNormParams;
import org.tinytune.train.settings.TomlTable;

/** Batch norm of what a convolution or dense layer gives, with an {@code activation} if there is one. */
final class BatchNormLayer implements LayerType {
    @Override
    public int add(TomlTable settings, NetworkDraft draft, List<Integer> inputs) {
        return add(draft, "batch_norm", inputs.get(0), settings.word("activation", Activation.NONE));
    }

    static int add(NetworkDraft draft, String part, int input, Activation activation) {
        int channels = draft.shape(input).dim(-1);
        BatchNormParams usual = BatchNormParams.standard();
        return draft.foldedNode(
                part,
                BatchNorm.INSTANCE,
                new BatchNormParams(usual.epsilon(), usual.momentum(), activation),
                input,
                draft.filled(part + "/gamma", 1, channels),
                draft.filled(part + "/beta", 0, channels),
                draft.filled(part + "/mean", 0, channels),
                draft.filled(part + "/variance", 1, channels));
    }
}
