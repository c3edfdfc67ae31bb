package org.tinytune.train.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import org.tinytune.core.cost.Work;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.Tensor;
import org.tinytune.data.RandomStreams;
import org.tinytune.train.analysis.StepAnalysis.NodeStep;
import org.tinytune.train.analysis.StepAnalysis.PassTime;
import org.tinytune.train.network.Network;
import org.tinytune.train.network.NetworkOptions;
import org.tinytune.train.network.NetworkOptions.Arithmetic;
import org.tinytune.train.network.Pass;
import org.tinytune.train.network.ShardTask;
import org.tinytune.train.optimizer.Adam;
import org.tinytune.train.optimizer.Optimizer;

/** A network that trains on the same random batch again and again, with a clock at every node. */
final class StepMeter implements AutoCloseable {
    private static final long SEED = 1;
    private static final double GRADIENT = 0.01;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double MICROS_PER_SECOND = 1e6;

    private final Arithmetic arithmetic;
    private final int batch;
    private final int entries;
    private final Network network;
    private final Optimizer optimizer;
    private final AtomicLongArray nanos;
    private final float[] gradient;
    private final int outputs;
    private final ShardTask setGradient = this::setGradient;
    private long stepsDone;

    /** @param steps of a sample */
    StepMeter(Graph graph, Arithmetic arithmetic, int batch, int steps, int threads) {
        this.arithmetic = arithmetic;
        this.batch = batch;
        this.entries = batch * steps;
        this.nanos = new AtomicLongArray(index(graph.nodes().size(), Pass.FORWARD));
        NetworkOptions options =
                NetworkOptions.training(arithmetic, batch, threads).withSteps(steps);
        this.network =
                new Network(graph, options, Optional.of((n, pass, time) -> nanos.addAndGet(index(n, pass), time)));
        if (network.gradient(network.logits()) == null) {
            network.close();
            throw new InvalidModelException("the model has no weights, so there is nothing to train");
        }
        this.optimizer = Adam.standard().over(network.parameterArrays());
        this.outputs = graph.tensor(network.logits()).shape().elements();
        this.gradient = new float[entries * outputs];
        SplittableRandom random = RandomStreams.stream(SEED);
        graph.inputs().forEach(input -> fillInput(graph.tensor(input), network.values(input), random));
        for (int n = 0; n < batch; n++) {
            fillGradient(((n + 1) * steps - 1) * outputs, random);
        }
    }

    /** Of the last step of a sample, the only one that a loss looks at. */
    private void fillGradient(int from, SplittableRandom random) {
        for (int i = from; i < from + outputs; i++) {
            gradient[i] = (float) (GRADIENT * (2 * random.nextDouble() - 1));
        }
    }

    private static int index(int node, Pass pass) {
        return node * Pass.values().length + pass.ordinal();
    }

    private void fillInput(Tensor tensor, FloatSpan values, SplittableRandom random) {
        int count = entries * tensor.shape().elements();
        for (int i = 0; i < count; i++) {
            values.array()[values.offset() + i] = arithmetic == Arithmetic.INT8
                    ? random.nextInt(Byte.MIN_VALUE, Byte.MAX_VALUE + 1)
                    : (float) (2 * random.nextDouble() - 1);
        }
    }

    private void setGradient(Shard shard) {
        FloatSpan span = network.gradient(network.logits());
        int begin = shard.begin() * outputs;
        System.arraycopy(gradient, begin, span.array(), span.offset() + begin, shard.samples() * outputs);
    }

    /** A whole step; a learning rate of 0 leaves the weights as they are and takes as long as any other. */
    private void step() {
        optimizer.begin(0);
        network.train(batch, stepsDone++, ShardTask.NONE, setGradient, optimizer);
    }

    /** The median of some rounds, of the step and of each pass of each node. */
    StepAnalysis measure(Effort effort) {
        Runs runs = new Runs(this::step);
        runs.warmUp(effort.warmUpSeconds());
        double[] stepMicros = new double[effort.rounds()];
        double[][] passMicros = new double[nanos.length()][effort.rounds()];
        for (int round = 0; round < effort.rounds(); round++) {
            clear();
            long before = stepsDone;
            stepMicros[round] = runs.during(effort.roundSeconds()) * MICROS_PER_SECOND;
            for (int i = 0; i < passMicros.length; i++) {
                passMicros[i][round] = nanos.get(i) / NANOS_PER_MICRO / (stepsDone - before);
            }
        }
        return new StepAnalysis(arithmetic, batch, network.threads(), median(stepMicros), nodes(passMicros));
    }

    private void clear() {
        for (int i = 0; i < nanos.length(); i++) {
            nanos.set(i, 0);
        }
    }

    private List<NodeStep> nodes(double[][] passMicros) {
        List<NodeStep> nodes = new ArrayList<>();
        for (int n = 0; n < network.graph().nodes().size(); n++) {
            PassTime forward = time(n, Pass.FORWARD, passMicros);
            if (!forward.work().equals(Work.NONE)) {
                nodes.add(new NodeStep(n, forward, time(n, Pass.BACKWARD, passMicros)));
            }
        }
        return nodes;
    }

    private PassTime time(int node, Pass pass, double[][] passMicros) {
        return new PassTime(network.work(node, pass, batch), median(passMicros[index(node, pass)]));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    @Override
    public void close() {
        network.close();
    }
}
