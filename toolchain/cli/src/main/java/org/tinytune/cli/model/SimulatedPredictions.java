package org.tinytune.cli.model;

import java.util.Optional;
import org.tinytune.cli.output.Progress;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.op.Probabilities;
import org.tinytune.data.Samples;
import org.tinytune.train.task.Classification;
import org.tinytune.train.task.Predictions;
import org.tinytune.train.task.Task;

/** What an INT8 model makes of samples, computed by the simulator, byte for byte as a board would. */
public final class SimulatedPredictions {
    private final Graph graph;
    private final Samples samples;
    private final Task task;
    private final SampleEncoder encoder;
    private final Optional<Tensor> features;
    /** What is needed beside the output: what probabilities are made of, or the features to be reconstructed. */
    private final int observed;

    private final Predictions predictions;

    private SimulatedPredictions(Graph graph, Samples samples) {
        this.graph = graph;
        this.samples = samples;
        this.task = Task.of(graph);
        this.encoder = SampleEncoder.of(graph);
        this.features = FrontEnd.of(graph).map(FrontEnd::features);
        this.observed = features.filter(f -> task.isReconstruction())
                .map(f -> graph.tensors().indexOf(f))
                .orElseGet(() ->
                        task.loss().onLogits() ? logits(graph) : graph.outputs().get(0));
        this.predictions = Predictions.ofSize(samples.size());
    }

    /**
     * Runs all samples.
     *
     * @param graph with one input and one output
     * @param threads that share the work; results do not depend on it
     * @throws InvalidModelException if the model cannot do its task for these samples
     */
    public static Predictions of(Graph graph, Samples samples, int threads, Progress progress) {
        if (graph.outputs().size() != 1) {
            throw new InvalidModelException(
                    "the model has " + graph.outputs().size() + " outputs, one is needed to score it");
        }
        SimulatedPredictions run = new SimulatedPredictions(graph, samples);
        run.task.check(graph, samples);
        new BatchSimulator(graph, threads)
                .run(samples.size(), i -> run.encoder.encode(samples, i), run.observed, run::add, progress);
        return run.predictions;
    }

    /** What the output's probabilities come from; the output if it is none. */
    private static int logits(Graph graph) {
        int output = graph.outputs().get(0);
        return graph.nodes().stream()
                .filter(node -> node.outputs().contains(output) && node.operator() instanceof Probabilities)
                .findFirst()
                .map(node -> node.inputs().get(0))
                .orElse(output);
    }

    private void add(int i, byte[] outputBytes, byte[] observedBytes) {
        float[] outputs = Reals.of(graph.output(), outputBytes);
        float[] seen = Reals.of(graph.tensor(observed), observedBytes);
        float[] losing = task.isReconstruction() ? outputs : seen;
        float[] encoded = new float[0];
        if (task.isReconstruction()) {
            encoded = features.isPresent() ? seen : real(i);
        }
        float[] target = new float[outputs.length];
        task.target(samples, i, encoded, 0, target);
        predictions.losses()[i] =
                task.loss().compute(losing, 0, target, 0, target.length, 1, new float[target.length], 0);
        boolean areLogits = Classification.areLogits(graph, graph.outputs().get(0));
        predictions.points()[i] = task.point(outputs, areLogits, target);
        predictions.outputs()[i] =
                task.kind() == TaskKind.CLASSIFICATION ? Classification.probabilities(outputs, areLogits) : outputs;
    }

    /** What the network is given of a sample. */
    private float[] real(int i) {
        float[] raw = new float[samples.shape().elements()];
        samples.read(i, raw, 0);
        return encoder.real(raw);
    }
}
