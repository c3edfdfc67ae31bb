package org.tinytune.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.vector.VectorMath;
import org.tinytune.core.vector.VectorProvider;
import org.tinytune.train.Epoch.Phase;
import org.tinytune.train.initialization.Initialization;
import org.tinytune.train.initialization.Initializers;
import org.tinytune.train.loss.ClassWeights;
import org.tinytune.train.loss.Losses;
import org.tinytune.train.loss.SoftmaxCrossEntropy;
import org.tinytune.train.network.Network;
import org.tinytune.train.network.NetworkOptions;
import org.tinytune.train.network.NetworkOptions.Arithmetic;
import org.tinytune.train.optimizer.Clipping;
import org.tinytune.train.optimizer.Optimizers;
import org.tinytune.train.optimizer.Penalty;
import org.tinytune.train.optimizer.Schedules;
import org.tinytune.train.quantize.Calibration;
import org.tinytune.train.quantize.Folding;
import org.tinytune.train.quantize.QatGraph;

/**
 * All techniques by their names, on a small network for a few steps: the same bytes with any number of threads and any
 * loops, in float and in integers, and each does something.
 */
class TechniquesTest {
    private static final ListedSamples TRAINING = ListedSamples.bars(42, 1);
    private static final Optional<ListedSamples> VALIDATION = Optional.of(ListedSamples.bars(9, 2));
    private static final TrainingConfig STANDARD = TrainingConfig.standard(2, 2, 16, 0.01, 1);
    private static final Graph FLOAT =
            Initialization.initialize(TrainedDigest.network(), Initializers.ALL.get("glorot-normal"), 1);
    private static final Graph INT8 = quantized();

    private static Graph standardFloat;
    private static Graph standardInt8;

    private static Graph quantized() {
        Graph folded = Folding.fold(FLOAT);
        return QatGraph.quantizeActivations(folded, Calibration.ranges(folded, TRAINING, 1, 1));
    }

    @BeforeAll
    static void trainAsUsual() {
        standardFloat = train(Phase.FLOAT, STANDARD, VectorProvider.get());
        standardInt8 = train(Phase.INT8, STANDARD, VectorProvider.get());
    }

    static Stream<Arguments> techniques() {
        List<Arguments> all = new ArrayList<>();
        Optimizers.ALL.entries().forEach((name, optimizer) -> {
            if (!name.equals("adamw")) {
                all.add(Arguments.of(name, STANDARD.with(optimizer)));
            }
            // With everything that may stand between a gradient and its optimizer.
            all.add(Arguments.of(
                    name + ", regularized",
                    STANDARD.with(STANDARD.optimization().with(optimizer).with(new Clipping(0.05, 0.1)))
                            .with(STANDARD.regularization()
                                    .with(new Penalty(1e-4, 1e-2))
                                    .withMixup(0.3))));
        });
        Schedules.ALL.entries().forEach((name, schedule) -> {
            if (!name.equals("cosine")) {
                all.add(Arguments.of(name, STANDARD.with(STANDARD.optimization().with(schedule))));
            }
        });
        Losses.ALL.entries().forEach((name, loss) -> all.add(Arguments.of(name, STANDARD.with(loss))));
        for (Map.Entry<String, TrainingConfig> entry : Map.of(
                        "class weights",
                        STANDARD.with(new SoftmaxCrossEntropy(0.05, ClassWeights.of(1, 2, 0.5))),
                        "mixup",
                        STANDARD.with(STANDARD.regularization().withMixup(1)),
                        "l1",
                        STANDARD.with(STANDARD.regularization().with(new Penalty(1e-3, 0))),
                        "l2",
                        STANDARD.with(STANDARD.regularization().with(new Penalty(0, 1e-2))),
                        "clipping by value",
                        STANDARD.with(STANDARD.optimization().with(Clipping.byValue(0.01))),
                        "clipping by norm",
                        STANDARD.with(STANDARD.optimization().with(Clipping.byNorm(0.1))))
                .entrySet()) {
            all.add(Arguments.of(entry.getKey(), entry.getValue()));
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("techniques")
    void threadsAndLoopsDoNotMatter(String name, TrainingConfig config) {
        for (Phase phase : Phase.values()) {
            Graph expected = train(phase, config, VectorProvider.get());
            assertThat(expected)
                    .as("%s, %s", name, phase)
                    .isNotEqualTo(phase == Phase.FLOAT ? standardFloat : standardInt8);
            assertThat(train(phase, config, VectorProvider.plain()))
                    .as("%s, %s, plain", name, phase)
                    .isEqualTo(expected);
            for (int threads : new int[] {2, 3}) {
                assertThat(train(phase, config.withThreads(threads), VectorProvider.get()))
                        .as("%s, %s, %d threads", name, phase, threads)
                        .isEqualTo(expected);
            }
        }
    }

    private static Graph train(Phase phase, TrainingConfig config, VectorMath math) {
        Arithmetic arithmetic = phase == Phase.FLOAT ? Arithmetic.FLOAT32 : Arithmetic.INT8;
        NetworkOptions options = NetworkOptions.training(arithmetic, config.batchSize(), config.threads())
                .withMath(math)
                .withLossOnLogits(config.loss().onLogits());
        try (Network network = new Network(phase == Phase.FLOAT ? FLOAT : INT8, options)) {
            new TrainingPhase(
                            phase,
                            network,
                            config,
                            TRAINING,
                            VALIDATION.map(samples -> samples),
                            1,
                            TrainingListener.NONE,
                            () -> false)
                    .run();
            return network.trainedGraph();
        }
    }
}
