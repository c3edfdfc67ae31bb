package org.tinytune.test.digits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.sim.Simulator;
import org.tinytune.train.data.SampleFeed;
import org.tinytune.train.loss.SoftmaxCrossEntropy;
import org.tinytune.train.network.Network;
import org.tinytune.train.network.ShardTask;

/**
 * Stands between the forward and the backward pass of a network, as the loss does, and keeps what every operator has
 * computed.
 */
final class StepRecorder {
    private static final SoftmaxCrossEntropy LOSS = new SoftmaxCrossEntropy(0.05);

    private final Network network;
    private final SampleFeed feed;
    private final byte[][][] activations;

    StepRecorder(Network network, SampleFeed feed) {
        this.network = network;
        this.feed = feed;
        this.activations =
                new byte[network.maxSamples()][network.graph().tensors().size()][];
    }

    /** To be handed to a step in training. */
    ShardTask loss(int batch) {
        return shard -> {
            record(shard);
            for (int n = shard.begin(); n < shard.end(); n++) {
                fillGradient(n, 1f / batch);
            }
        };
    }

    /** Keeps the activations of a shard. */
    void record(Shard shard) {
        Graph graph = network.graph();
        for (int t = 0; t < graph.tensors().size(); t++) {
            if (!graph.tensor(t).isConstant()) {
                for (int n = shard.begin(); n < shard.end(); n++) {
                    activations[n][t] =
                            bytes(network.values(t), n, graph.tensor(t).shape().elements());
                }
            }
        }
    }

    private static byte[] bytes(FloatSpan values, int sample, int elements) {
        byte[] bytes = new byte[elements];
        for (int i = 0; i < elements; i++) {
            float value = values.array()[values.offset() + sample * elements + i];
            bytes[i] = (byte) value;
            if (bytes[i] != value) {
                throw new AssertionError("element " + i + " is " + value + ", no int8");
            }
        }
        return bytes;
    }

    private void fillGradient(int n, float scale) {
        int logits = network.logits();
        FloatSpan gradient = network.gradient(logits);
        Quantization quantization = network.graph().tensor(logits).quantization();
        byte[] integers = activations[n][logits];
        float[] reals = new float[integers.length];
        for (int i = 0; i < reals.length; i++) {
            reals[i] = (float) quantization.dequantize(integers[i]);
        }
        float[] targets = new float[integers.length];
        targets[feed.samples().target(feed.sample(n))] = 1;
        int at = gradient.offset() + n * integers.length;
        LOSS.compute(reals, 0, targets, 0, integers.length, scale, gradient.array(), at);
    }

    /** The input of a sample. */
    byte[] input(int n) {
        return activations[n][network.graph().inputs().get(0)];
    }

    /**
     * Compares what was kept of a batch with the simulator.
     *
     * @param int8 the weights of that pass, as they are exported
     * @param endsAtLogits whether the pass ended there, as it does in training
     */
    void assertEqualsSimulator(String context, Graph int8, int batch, boolean endsAtLogits) {
        Simulator simulator = Simulator.of(int8);
        for (int n = 0; n < batch; n++) {
            int sample = n;
            simulator.run(List.of(input(n)), (node, tensor, bytes) -> {
                if (!endsAtLogits || tensor != int8.outputs().get(0)) {
                    assertThat(activations[sample][tensor])
                            .as(
                                    "%s, sample %d, %s",
                                    context, sample, int8.nodes().get(node))
                            .isEqualTo(bytes);
                }
            });
        }
    }
}
