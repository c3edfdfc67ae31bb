package org.tinytune.train;

import org.tinytune.core.graph.FloatSpan;
import org.tinytune.core.graph.Shard;
import org.tinytune.core.graph.Tensor;
import org.tinytune.train.network.Network;

/**
 * Loss and predictions of a network's batches, shard by shard: sums are kept for each shard and added in their order,
 * so that they do not depend on which thread came first.
 */
final class BatchScore {
    private final Network network;
    private final SampleFeed feed;
    private final int classes;
    private final double scale;
    private final int zeroPoint;
    private final CrossEntropy[] losses;
    private final double[] lossSums;
    private final int[][][] confusions;

    /** @param smoothing of the labels, in [0, 1) */
    BatchScore(Network network, SampleFeed feed, double smoothing) {
        this.network = network;
        this.feed = feed;
        Tensor logits = network.graph().tensor(network.logits());
        this.classes = logits.shape().elements();
        boolean isInt8 = logits.quantization().isPresent();
        this.scale = isInt8 ? logits.quantization().scale() : 1;
        this.zeroPoint = isInt8 ? logits.quantization().zeroPoint() : 0;
        this.losses = new CrossEntropy[network.shards()];
        for (int s = 0; s < losses.length; s++) {
            losses[s] = new CrossEntropy(classes, smoothing);
        }
        this.lossSums = new double[network.shards()];
        this.confusions = new int[network.shards()][classes][classes];
    }

    /**
     * Scores a shard of the batch at hand.
     *
     * @param order of the samples
     * @param from position in the order of the batch's first sample
     * @param batch samples of the batch; 0 if no gradient is needed
     */
    void score(int[] order, int from, Shard shard, int batch) {
        FloatSpan logits = network.values(network.logits());
        FloatSpan gradient = batch == 0 ? null : network.gradient(network.logits());
        for (int b = shard.begin(); b < shard.end(); b++) {
            int target = feed.target(order[from + b]);
            int at = logits.offset() + b * classes;
            lossSums[shard.index()] += losses[shard.index()].loss(logits.array(), at, scale, zeroPoint, target);
            if (gradient != null) {
                losses[shard.index()].gradient(target, gradient.array(), gradient.offset() + b * classes, 1.0 / batch);
            }
            confusions[shard.index()][target][argMax(logits.array(), at)]++;
        }
    }

    /** The index of the greatest logit, the first of equals. */
    private int argMax(float[] values, int offset) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            best = values[offset + c] > values[offset + best] ? c : best;
        }
        return best;
    }

    /** What all batches so far amount to. */
    Evaluation evaluation() {
        int[][] confusion = new int[classes][classes];
        double lossSum = 0;
        for (int s = 0; s < lossSums.length; s++) {
            lossSum += lossSums[s];
            for (int i = 0; i < classes; i++) {
                for (int j = 0; j < classes; j++) {
                    confusion[i][j] += confusions[s][i][j];
                }
            }
        }
        Evaluation counts = new Evaluation(0, confusion);
        return new Evaluation(lossSum / counts.samples(), confusion);
    }
}
