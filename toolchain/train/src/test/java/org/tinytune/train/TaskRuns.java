package org.tinytune.train;

import java.util.List;
import java.util.Optional;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.sim.Simulator;
import org.tinytune.data.Samples;
import org.tinytune.train.Epoch.Phase;
import org.tinytune.train.loss.MeanSquaredError;
import org.tinytune.train.metric.Bootstrap;
import org.tinytune.train.metric.Metric;
import org.tinytune.train.task.Task;

/** Trainings of tasks other than classification, and what the simulator makes of their results. */
final class TaskRuns {
    private TaskRuns() {}

    static TrainingResult train(Graph network, Samples training, Samples validation, int epochs) {
        TrainingConfig config = TrainingConfig.standard(epochs, 5, 16, 0.01, 1).with(new MeanSquaredError());
        Graph described = network.withMetadata(Task.describe(network.metadata(), training));
        return Trainer.fit(described, training, Optional.of(validation), config, 1, TrainingListener.NONE, () -> false);
    }

    static double value(List<Metric> metrics, Metric.Name name) {
        return metrics.stream()
                .filter(m -> m.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }

    static List<Metric> metrics(Graph graph, Samples samples) {
        return Task.of(graph).metrics(samples, Evaluator.predict(graph, samples, 1), new Bootstrap(50, 1));
    }

    static Epoch bestInt8(TrainingResult result) {
        return result.history().stream()
                .filter(epoch -> epoch.phase() == Phase.INT8)
                .reduce((a, b) -> b.validationScore() <= a.validationScore() ? b : a)
                .orElseThrow();
    }

    /** The output bytes of a sample in the simulator. */
    static byte[] simulate(Graph int8, Samples samples, int i) {
        float[] encoded = encoded(int8, samples, i);
        byte[] input = new byte[encoded.length];
        for (int k = 0; k < input.length; k++) {
            input[k] = int8.input().quantization().quantizeInt8(encoded[k]);
        }
        return Simulator.of(int8).run(input);
    }

    static float[] encoded(Graph int8, Samples samples, int i) {
        float[] values = new float[samples.shape().elements()];
        samples.read(i, values, 0);
        for (int k = 0; k < values.length; k++) {
            values[k] = int8.metadata().encoding().encode(values[k], k);
        }
        return values;
    }
}
