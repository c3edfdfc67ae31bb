package org.tinytune.test.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.quant.Quantization;
import org.tinytune.train.loss.Loss;
import org.tinytune.train.loss.MeanSquaredError;
import org.tinytune.train.loss.SoftmaxCrossEntropy;
import org.tinytune.train.network.Network;
import org.tinytune.train.network.NetworkOptions;
import org.tinytune.train.network.NetworkOptions.Arithmetic;
import org.tinytune.train.network.ParameterUpdate;
import org.tinytune.train.network.ShardTask;
import org.tinytune.train.optimizer.Adam;
import org.tinytune.train.optimizer.Clipping;
import org.tinytune.train.optimizer.Optimizer;
import org.tinytune.train.optimizer.Penalty;
import org.tinytune.train.optimizer.RegularizedUpdate;
import org.tinytune.train.quantize.Calibration;
import org.tinytune.train.quantize.ClampFusion;
import org.tinytune.train.quantize.Folding;
import org.tinytune.train.quantize.QatGraph;

/** A network in training on one batch of random samples: all that a step of training does. */
final class TrainingRun implements AutoCloseable {
    /** Samples of a step. */
    static final int BATCH = 32;

    private static final double LEARNING_RATE = 1e-3;

    private final Network network;
    private final Optimizer optimizer;
    private final ParameterUpdate update;
    private final Loss loss;
    private final float[] samples;
    private final float[] targets;
    private final int elements;
    private final int outputs;
    private final Quantization quantization;
    private final float[][] reals;
    private final ShardTask fill = this::fill;
    private final ShardTask score = this::score;
    private long step;

    private TrainingRun(Graph graph, Arithmetic arithmetic, boolean reconstructs, int threads) {
        network = new Network(graph, NetworkOptions.training(arithmetic, BATCH, threads));
        optimizer = Adam.withDecay(0).over(network.parameterArrays());
        update = new RegularizedUpdate(network.parameterArrays(), Penalty.NONE, Clipping.NONE, optimizer);
        loss = reconstructs ? new MeanSquaredError() : new SoftmaxCrossEntropy(0);
        elements = graph.input().shape().elements();
        outputs = graph.output().shape().elements();
        quantization = graph.tensor(network.logits()).quantization();
        reals = new float[network.shards()][outputs];
        samples = samples(graph);
        targets = reconstructs ? samples(null, BATCH * outputs) : classes();
    }

    /** A network in training. */
    static TrainingRun of(MlperfTinyNetwork network, boolean quantized, int threads) {
        Graph graph = network.graph();
        if (!quantized) {
            return new TrainingRun(ClampFusion.fuse(graph), Arithmetic.FLOAT32, network.reconstructs(), threads);
        }
        Graph folded = Folding.fold(graph);
        Graph qat = QatGraph.quantizeActivations(folded, Calibration.guess(folded));
        return new TrainingRun(qat, Arithmetic.INT8, network.reconstructs(), threads);
    }

    private static float[] samples(Graph graph) {
        return samples(
                graph.input().quantization(), BATCH * graph.input().shape().elements());
    }

    private static float[] samples(Quantization quantization, int count) {
        SplittableRandom random = new SplittableRandom(2);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            float real = (float) (random.nextDouble() * 4 - 2);
            boolean integer = quantization != null && quantization.isPresent();
            values[i] = integer ? quantization.quantizeInt8(real) : real;
        }
        return values;
    }

    private float[] classes() {
        SplittableRandom random = new SplittableRandom(3);
        float[] values = new float[BATCH * outputs];
        for (int n = 0; n < BATCH; n++) {
            values[n * outputs + random.nextInt(outputs)] = 1;
        }
        return values;
    }

    /** Trains for some steps, and says how many seconds it took. */
    double seconds(int steps) {
        long began = System.nanoTime();
        for (int i = 0; i < steps; i++) {
            optimizer.begin(LEARNING_RATE);
            if (!network.train(BATCH, step++, fill, score, update)) {
                throw new IllegalStateException("diverged");
            }
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private void fill(Shard shard) {
        FloatSpan input = network.values(network.graph().inputs().get(0));
        int from = shard.begin() * elements;
        System.arraycopy(samples, from, input.array(), input.offset() + from, shard.samples() * elements);
    }

    private void score(Shard shard) {
        FloatSpan values = network.values(network.logits());
        FloatSpan gradient = network.gradient(network.logits());
        float[] real = reals[shard.index()];
        for (int n = shard.begin(); n < shard.end(); n++) {
            int at = n * outputs;
            for (int i = 0; i < outputs; i++) {
                float value = values.array()[values.offset() + at + i];
                real[i] = quantization.isPresent() ? (value - quantization.zeroPoint()) * quantization.scale() : value;
            }
            loss.compute(real, 0, targets, at, outputs, 1f / BATCH, gradient.array(), gradient.offset() + at);
        }
    }

    /** Bytes that the thread allocates in a step, over many steps. */
    double allocatedBytesPerStep() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int steps = 50;
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        seconds(steps);
        return (double) (threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before) / steps;
    }

    /** Bytes of all activations of a batch and of all trained values. */
    static long activationAndParameterBytes(Graph graph) {
        long floats = 0;
        for (Tensor tensor : graph.tensors()) {
            floats += (long) tensor.shape().elements() * (tensor.isConstant() ? 1 : BATCH);
        }
        return floats * Float.BYTES;
    }

    /** The network as it is trained. */
    Graph graph() {
        return network.graph();
    }

    /** The floating-point operations of a step: forward, and twice as many backward. */
    double flopsOfStep() {
        return 6.0 * network.graph().macs() * BATCH;
    }

    @Override
    public void close() {
        network.close();
    }
}
