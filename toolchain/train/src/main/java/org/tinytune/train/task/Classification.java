package org.tinytune.train.task;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.op.Probabilities;
import org.tinytune.data.Samples;
import org.tinytune.train.loss.BinaryCrossEntropy;
import org.tinytune.train.loss.Loss;
import org.tinytune.train.loss.SoftmaxCrossEntropy;
import org.tinytune.train.metric.Bootstrap;
import org.tinytune.train.metric.CalibrationStatistics;
import org.tinytune.train.metric.ClassStatistics;
import org.tinytune.train.metric.MeanStatistics;
import org.tinytune.train.metric.Metric;
import org.tinytune.train.metric.RocStatistics;

/**
 * One of several classes: the one with the greatest output, the first of equals. A single output stands for the second
 * of two classes. Scored by accuracy.
 */
public final class Classification implements Task {
    private static final float HALF = 0.5f;

    private final Loss loss;

    private Classification(Loss loss) {
        this.loss = loss;
    }

    /** With an output for each class. */
    public Classification() {
        this(new SoftmaxCrossEntropy(0));
    }

    /** By a graph, which may have a single output for two classes, or a yes or no for each of several. */
    public static Classification of(Graph graph) {
        boolean binary = graph.output().shape().elements() == 1 || endsInIndependentProbabilities(graph);
        return binary ? new Classification(new BinaryCrossEntropy()) : new Classification();
    }

    private static boolean endsInIndependentProbabilities(Graph graph) {
        int output = graph.outputs().get(0);
        return graph.nodes().stream()
                .anyMatch(node -> node.outputs().contains(output)
                        && node.operator() instanceof Probabilities<?> made
                        && made.areIndependent());
    }

    @Override
    public TaskKind kind() {
        return TaskKind.CLASSIFICATION;
    }

    @Override
    public int outputs(Samples samples) {
        return samples.labels().size();
    }

    @Override
    public void check(Graph graph, Samples samples) {
        int outputs = graph.output().shape().elements();
        int labels = samples.labels().size();
        if (outputs != labels && !(outputs == 1 && labels == 2)) {
            throw new InvalidModelException("the model has " + outputs + " outputs for " + labels + " labels");
        }
    }

    @Override
    public Loss loss() {
        return loss;
    }

    @Override
    public void target(Samples samples, int sample, float[] encoded, int at, float[] target) {
        Arrays.fill(target, 0);
        if (target.length == 1) {
            target[0] = samples.target(sample);
        } else {
            target[samples.target(sample)] = 1;
        }
    }

    @Override
    public double point(float[] outputs, boolean areLogits, float[] target) {
        return decide(outputs, areLogits) == decide(target, false) ? 1 : 0;
    }

    /**
     * The class that outputs speak for.
     *
     * @param areLogits whether probabilities are still to be made of them
     */
    public static int decide(float[] outputs, boolean areLogits) {
        return outputs.length > 1 ? greatest(outputs) : outputs[0] > (areLogits ? 0 : HALF) ? 1 : 0;
    }

    /** The first of the greatest. */
    private static int greatest(float[] values) {
        int greatest = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[greatest]) {
                greatest = i;
            }
        }
        return greatest;
    }

    /** Whether a tensor holds logits, of which probabilities are made later on, if at all. */
    public static boolean areLogits(Graph graph, int tensor) {
        return graph.nodes().stream()
                .noneMatch(node -> node.outputs().contains(tensor) && node.operator() instanceof Probabilities);
    }

    /**
     * The probability of each class.
     *
     * @param areLogits whether probabilities are still to be made of the outputs
     */
    public static float[] probabilities(float[] outputs, boolean areLogits) {
        if (outputs.length > 1) {
            return areLogits ? softmax(outputs) : outputs;
        }
        float second = areLogits ? (float) (1 / (1 + StrictMath.exp(-outputs[0]))) : outputs[0];
        return new float[] {1 - second, second};
    }

    private static float[] softmax(float[] logits) {
        float greatest = logits[greatest(logits)];
        double[] powers = new double[logits.length];
        double sum = 0;
        for (int i = 0; i < powers.length; i++) {
            powers[i] = StrictMath.exp((double) logits[i] - greatest);
            sum += powers[i];
        }
        float[] probabilities = new float[powers.length];
        for (int i = 0; i < powers.length; i++) {
            probabilities[i] = (float) (powers[i] / sum);
        }
        return probabilities;
    }

    @Override
    public String scoreName() {
        return "accuracy";
    }

    @Override
    public double score(double meanPoint) {
        return meanPoint;
    }

    @Override
    public boolean isHigherBetter() {
        return true;
    }

    @Override
    public Optional<Decisions> decisions(Samples samples, Predictions predictions) {
        int[] targets = new int[samples.size()];
        int[] chosen = new int[samples.size()];
        Arrays.setAll(targets, samples::target);
        Arrays.setAll(chosen, i -> decide(predictions.outputs()[i], false));
        return Optional.of(new Decisions(samples.labels(), targets, chosen));
    }

    @Override
    public List<Metric> metrics(Samples samples, Predictions predictions, Bootstrap bootstrap) {
        Decisions decisions = decisions(samples, predictions).orElseThrow();
        double[] confidences = new double[samples.size()];
        boolean[] hits = new boolean[samples.size()];
        for (int i = 0; i < hits.length; i++) {
            confidences[i] = predictions.outputs()[i][decisions.predictions()[i]];
            hits[i] = decisions.predictions()[i] == decisions.targets()[i];
        }
        return bootstrap.measure(List.of(
                new MeanStatistics(Metric.Name.of("loss"), predictions.losses()),
                new ClassStatistics(samples.labels(), decisions.targets(), decisions.predictions()),
                RocStatistics.ofClassifier(samples.labels(), decisions.targets(), predictions.outputs()),
                new CalibrationStatistics(confidences, hits)));
    }
}
