package org.tinytune.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.vector.VectorMath;
import org.tinytune.data.Samples;
import org.tinytune.train.Epoch.Phase;
import org.tinytune.train.data.SampleFeed;
import org.tinytune.train.network.Captured;
import org.tinytune.train.network.Network;
import org.tinytune.train.network.NetworkOptions;
import org.tinytune.train.network.NetworkOptions.Arithmetic;
import org.tinytune.train.network.ParameterRange;
import org.tinytune.train.optimizer.Optimizer;
import org.tinytune.train.optimizer.OptimizerSettings;
import org.tinytune.train.quantize.QatGraph;

/**
 * Trains in integers, and compares what is left of every step in the network with what the simulator computes with the
 * weights that the step began with, tensor by tensor.
 */
public final class StepComparison implements TrainingListener {
    private final String context;
    private final Network network;
    private final List<Graph> weights;
    private long samples;
    private long tensors;

    private StepComparison(String context, Network network, List<Graph> weights) {
        this.context = context;
        this.network = network;
        this.weights = weights;
    }

    /**
     * Trains, and fails at the first tensor that differs.
     *
     * @param context what to say then
     * @param qat graph with int8 activations and real weights
     * @param config of which the training in integers is taken
     */
    public static StepComparison run(
            String context, Graph qat, Samples training, TrainingConfig config, VectorMath math) {
        NetworkOptions options = NetworkOptions.training(Arithmetic.INT8, config.batchSize(), config.threads())
                .withLossOnLogits(config.loss().onLogits())
                .withSteps(SampleFeed.steps(training, qat))
                .withRanges(config.qat().ranges())
                .withScaling(config.qat().weights())
                .withMath(math);
        try (Network network = new Network(qat, options)) {
            List<Graph> weights = new ArrayList<>();
            TrainingConfig noted = config.with(remembering(config.optimization().optimizer(), network, weights));
            StepComparison comparison = new StepComparison(context, network, weights);
            new TrainingPhase(Phase.INT8, network, noted, training, Optional.empty(), 1, comparison, () -> false).run();
            return comparison;
        }
    }

    /** An optimizer that notes the weights that each step begins with. */
    private static OptimizerSettings remembering(OptimizerSettings settings, Network network, List<Graph> weights) {
        return parameters -> {
            Optimizer optimizer = settings.over(parameters);
            return new Optimizer() {
                @Override
                public void begin(double learningRate) {
                    weights.add(network.trainedGraph());
                    optimizer.begin(learningRate);
                }

                @Override
                public void update(ParameterRange range, int pass) {
                    optimizer.update(range, pass);
                }
            };
        };
    }

    /** The graph that each step began with. */
    public List<Graph> weights() {
        return weights;
    }

    /** How many samples were compared. */
    public long samples() {
        return samples;
    }

    /** How many tensors were compared. */
    public long tensors() {
        return tensors;
    }

    @Override
    public void epochEnded(Epoch epoch) {}

    @Override
    public void stepEnded(Phase phase, long done, long total) {
        Graph int8 = QatGraph.export(weights.get(weights.size() - 1));
        Simulator simulator = Simulator.of(int8);
        for (int n = 0; n < (done - samples) * network.steps(); n++) {
            int sample = n;
            if (n % network.steps() == 0) {
                simulator.reset();
            }
            byte[] input = Captured.sample(network, int8.inputs().get(0), sample);
            simulator.run(List.of(input), (node, tensor, bytes) -> {
                if (tensor != int8.outputs().get(0)) {
                    tensors++;
                    assertThat(Captured.sample(network, tensor, sample))
                            .as(
                                    "%s, step %d, sample %d, %s",
                                    context,
                                    weights.size(),
                                    sample,
                                    int8.nodes().get(node))
                            .isEqualTo(bytes);
                }
            });
        }
        samples = done;
    }
}
