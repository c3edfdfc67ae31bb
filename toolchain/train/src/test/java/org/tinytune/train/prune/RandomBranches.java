package org.tinytune.train.prune;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.Padding;
import org.tinytune.core.op.PairwiseParams;
import org.tinytune.core.op.concatenation.Concatenation;
import org.tinytune.core.op.concatenation.ConcatenationParams;
import org.tinytune.core.op.hardswish.HardSwish;
import org.tinytune.core.op.leakyrelu.LeakyRelu;
import org.tinytune.core.op.leakyrelu.LeakyReluParams;
import org.tinytune.core.op.logistic.Logistic;
import org.tinytune.core.op.mean.Mean;
import org.tinytune.core.op.mean.MeanParams;
import org.tinytune.core.op.mul.Mul;
import org.tinytune.core.op.quantize.Quantize;
import org.tinytune.core.op.reshape.Reshape;
import org.tinytune.core.op.reshape.ReshapeParams;
import org.tinytune.core.op.softmax.Softmax;
import org.tinytune.core.op.softmax.SoftmaxParams;
import org.tinytune.core.op.sub.Sub;
import org.tinytune.core.op.tanh.Tanh;
import org.tinytune.core.op.transposeconv.TransposeConv;
import org.tinytune.core.op.transposeconv.TransposeConvParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.train.FloatNetwork;

/** Random networks on images of one size, full of branches: any layer may be brought together with an earlier one. */
final class RandomBranches {
    private static final int SIDE = 4;
    private static final int MAX_CHANNELS = 6;
    private static final int LAYERS = 9;

    private final SplittableRandom random;
    private final FloatNetwork network = new FloatNetwork(SIDE, SIDE, 2);
    private final List<Image> images = new ArrayList<>();
    private int channels = 2;
    private int layers;

    private record Image(int tensor, int channels) {}

    private RandomBranches(long seed) {
        this.random = new SplittableRandom(seed);
    }

    static Graph of(long seed) {
        RandomBranches branches = new RandomBranches(seed);
        branches.conv();
        while (branches.layers < LAYERS) {
            branches.images.add(new Image(branches.network.tensor(), branches.channels));
            branches.add();
        }
        return branches.end();
    }

    private String name() {
        return "layer" + layers++;
    }

    private void add() {
        switch (random.nextInt(14)) {
            case 0, 1, 2 -> conv();
            case 3 -> transposed();
            case 4 -> network.depthwise(name(), 3, 1);
            case 5 -> network.batchNorm(name());
            case 6 -> curve();
            case 7 -> gate();
            case 8 ->
                network.node(
                        name(),
                        Mul.INSTANCE,
                        new PairwiseParams(Activation.RELU),
                        network.constant(name(), -1, 1, channels));
            case 9, 10 -> pair();
            case 11, 12 -> concatenation(3);
            default -> columns();
        }
    }

    private void conv() {
        channels = random.nextInt(1, MAX_CHANNELS + 1);
        network.conv(name(), channels, random.nextInt(1, 4));
    }

    private void transposed() {
        int filters = random.nextInt(1, MAX_CHANNELS + 1);
        int weights = network.constant(name(), -0.4, 0.4, filters, 3, 3, channels);
        TransposeConvParams params = new TransposeConvParams(SIDE, SIDE, 1, 1, Padding.SAME, Activation.NONE);
        network.node(name(), TransposeConv.INSTANCE, params, weights, network.constant(name(), -1, 1, filters));
        channels = filters;
    }

    private void curve() {
        switch (random.nextInt(6)) {
            case 0 -> network.node(name(), HardSwish.INSTANCE, new NoParams());
            case 1 -> network.node(name(), Logistic.INSTANCE, new NoParams());
            case 2 -> network.node(name(), Tanh.INSTANCE, new NoParams());
            case 3 -> network.node(name(), LeakyRelu.INSTANCE, new LeakyReluParams(0.1f));
            case 4 -> network.node(name(), Quantize.INSTANCE, new NoParams());
            default -> network.relu6(name());
        }
    }

    /** Of one value a channel, or of one for all. */
    private void gate() {
        int image = network.tensor();
        int values = random.nextInt(3) == 0 ? 1 : channels;
        network.node(name(), Mean.INSTANCE, new MeanParams(List.of(1, 2), true));
        if (values == 1 || random.nextBoolean()) {
            network.conv(name(), values, 1);
        }
        int gate = network.node(name(), Logistic.INSTANCE, new NoParams()).tensor();
        network.from(image).node(name(), Mul.INSTANCE, new PairwiseParams(Activation.NONE), gate);
    }

    private Image earlier() {
        return images.get(random.nextInt(images.size()));
    }

    private void pair() {
        Image other = earlier();
        if (other.channels != channels) {
            conv();
        } else if (random.nextBoolean()) {
            network.add(name(), other.tensor);
        } else {
            network.node(name(), Sub.INSTANCE, new PairwiseParams(Activation.NONE), other.tensor);
        }
    }

    private void concatenation(int axis) {
        Image other = earlier();
        network.node(name(), Concatenation.INSTANCE, new ConcatenationParams(axis), other.tensor);
        channels += other.channels;
    }

    /** Twice as many columns, where the channels fit, and back again. */
    private void columns() {
        Image other = earlier();
        if (other.channels == channels) {
            network.node(name(), Concatenation.INSTANCE, new ConcatenationParams(2), other.tensor);
            network.node(name(), Reshape.INSTANCE, new ReshapeParams(Shape.of(1, SIDE, SIDE, 2 * channels)));
            channels *= 2;
        }
    }

    private Graph end() {
        if (random.nextInt(8) == 0) {
            network.node(name(), Softmax.INSTANCE, new SoftmaxParams(1));
        }
        if (random.nextBoolean()) {
            network.mean();
        } else {
            network.node(name(), Reshape.INSTANCE, new ReshapeParams(Shape.of(1, SIDE * SIDE * channels)));
        }
        return network.dense("hidden", 5).dense("logits", 3).build();
    }
}
