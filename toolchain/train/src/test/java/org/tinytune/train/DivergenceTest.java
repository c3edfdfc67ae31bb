package org.tinytune.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.train.Epoch.Phase;
import org.tinytune.train.data.SampleFeed;
import org.tinytune.train.loss.SoftmaxCrossEntropy;
import org.tinytune.train.network.Network;
import org.tinytune.train.network.NetworkOptions;
import org.tinytune.train.network.NetworkOptions.Arithmetic;
import org.tinytune.train.task.Task;

class DivergenceTest {
    private static final int MANY = 100;

    @Test
    void isReachedFarAboveTheLossOfNothing() {
        Divergence divergence = new Divergence(Phase.FLOAT, 2);
        assertThat(divergence.isReached(10, MANY)).isFalse();
        assertThat(divergence.isReached(10.1, MANY)).isTrue();
        assertThat(divergence.isReached(Double.NaN, MANY)).isTrue();
        assertThat(divergence.describe(20.1))
                .isEqualTo("the loss rose to 20.10, that of an untrained network is 2.000");
    }

    /** A batch of all samples is one step an epoch: a few of them, at a high rate, may well overshoot. */
    @Test
    void fewStepsMayOvershoot() {
        Divergence divergence = new Divergence(Phase.FLOAT, 2);
        assertThat(divergence.isReached(1999, 19)).isFalse();
        assertThat(divergence.isReached(2001, 19)).isTrue();
        assertThat(divergence.isReached(1999, 20)).isTrue();
    }

    /** They cannot rise as far, since what they stand for is bounded. */
    @Test
    void isReachedSoonerInIntegers() {
        Divergence divergence = new Divergence(Phase.INT8, 2);
        assertThat(divergence.isReached(4, MANY)).isFalse();
        assertThat(divergence.isReached(4.1, MANY)).isTrue();
    }

    @Test
    void whatIsFarWorseThanNothingIsNotWorthKeeping() {
        Divergence divergence = new Divergence(Phase.FLOAT, 2);
        assertThat(divergence.isWorthKeeping(4)).isTrue();
        assertThat(divergence.isWorthKeeping(4.1)).isFalse();
        assertThat(divergence.isWorthKeeping(Double.NaN)).isFalse();
    }

    /** A network with large weights may begin far above it, and come down. */
    @Test
    void aNetworkThatBeginsBadlyIsMeasuredByItsOwnBeginning() {
        Divergence divergence = new Divergence(Phase.FLOAT, 2);
        divergence.begin(500);
        divergence.begin(1e9);
        assertThat(divergence.first()).isEqualTo(500);
        assertThat(divergence.isReached(2400, MANY)).isFalse();
        assertThat(divergence.isReached(2600, MANY)).isTrue();
    }

    /** As an autoencoder of black images has: any loss at all would be infinitely worse. */
    @Test
    void whereNothingIsRightAFloorIsMeant() {
        Divergence divergence = new Divergence(Phase.FLOAT, 0);
        divergence.begin(0);
        assertThat(divergence.isReached(0.4, MANY)).isFalse();
        assertThat(divergence.isReached(0.6, MANY)).isTrue();
    }

    @Test
    void logitsThatAreAllZeroGiveTheLogarithmOfTheNumberOfClasses() {
        Graph graph =
                new FloatNetwork(6, 6, 1).mean().dense("logits", 3).softmax().build();
        ListedSamples samples = ListedSamples.bars(20, 1);
        try (Network network = new Network(graph, NetworkOptions.training(Arithmetic.FLOAT32, 8, 1))) {
            SampleFeed feed = new SampleFeed(samples, network);
            double loss = Divergence.lossOfNothing(samples, feed, Task.of(graph), new SoftmaxCrossEntropy(0.1), 3);
            assertThat(loss).isCloseTo(Math.log(3), Offset.offset(1e-6));
        }
    }

    /** Neither the earlier half of its steps decides, nor a single step of the later half. */
    @Test
    void anEpochIsJudgedByTheMedianOfItsLaterHalf() {
        double[] losses = {1000, 1, 2, 3000, 4};
        EpochTally tally = new EpochTally(losses.length);
        assertThat(tally.lateLoss()).isNaN();
        for (int step = 0; step < losses.length; step++) {
            tally.add(losses[step] - 0.5, 0);
            tally.add(losses[step] + 0.5, 0);
            tally.stepEnded(step);
        }
        assertThat(tally.firstLoss()).isEqualTo(1000);
        assertThat(tally.lateLoss()).isEqualTo(4);
        assertThat(tally.all().loss()).isEqualTo(4007.0 / 5);
        EpochTally single = new EpochTally(1);
        single.add(7, 0);
        single.stepEnded(0);
        assertThat(single.lateLoss()).isEqualTo(7);
    }
}
