package org.tinytune.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.op.Activation;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.train.distill.Distillation;
import org.tinytune.train.distill.DistillationSettings;
import org.tinytune.train.loss.SoftmaxCrossEntropy;
import org.tinytune.train.prune.PruningSettings;
import org.tinytune.train.quantize.QatGraph;
import org.tinytune.train.range.LearnedSteps;

/** Networks with states learn what came first, and what they learn is what the simulator computes. */
class SequenceTrainingTest {
    private static final ListedSamples TRAINING = ListedSamples.orders(240, 1);
    private static final ListedSamples VALIDATION = ListedSamples.orders(100, 2);

    private static Graph network() {
        return new FloatNetwork(3)
                .svdf("cell", 8, 2, 6, Activation.RELU)
                .dense("logits", 2)
                .softmax()
                .build();
    }

    private static TrainingResult train(int threads) {
        return train(TrainingConfig.standard(25, 4, 16, 0.02, threads));
    }

    private static TrainingResult train(TrainingConfig config) {
        return Trainer.fit(network(), TRAINING, Optional.of(VALIDATION), config, 3, TrainingListener.NONE, () -> false);
    }

    @Test
    void learnsAnOrderAndComputesItInIntegers() {
        TrainingResult result = train(1);

        Evaluation evaluation = Evaluator.evaluate(result.int8Graph(), VALIDATION, 2);

        assertThat(evaluation.accuracy()).isGreaterThan(0.95);
        SimulatedScore simulated = SimulatedScore.of(result.int8Graph(), VALIDATION, new SoftmaxCrossEntropy(0));
        assertThat(evaluation.predictions()).isEqualTo(simulated.predictions());
        assertThat(evaluation.loss()).isCloseTo(simulated.loss(), Offset.offset(1e-9));
        assertThat(result.int8Graph().tensors())
                .filteredOn(tensor -> tensor.state())
                .singleElement()
                .satisfies(state -> assertThat(state.type()).isEqualTo(ElementType.INT16));
    }

    @Test
    void givesTheSameBytesForAnyNumberOfThreads() {
        assertThat(train(2).int8Graph()).isEqualTo(train(1).int8Graph());
    }

    /** Its labels count for nothing, so the student can only know from the teacher's last steps. */
    @Test
    void aTeacherIsHeardAtTheLastStep() {
        Graph teacher = train(1).floatGraph();
        TrainingConfig config = TrainingConfig.standard(25, 2, 16, 0.02, 2)
                .with(Compression.NONE.with(new Distillation(teacher, new DistillationSettings(1, 2))))
                .with(Regularization.NONE.withMixup(0.1));
        TrainingResult result = train(config);
        assertThat(Evaluator.evaluate(result.int8Graph(), VALIDATION, 1).accuracy())
                .isGreaterThan(0.95);
    }

    @Test
    void rangesAreLearnedAndChannelsPrunedBehindACell() {
        Graph network = new FloatNetwork(3)
                .svdf("cell", 8, 2, 6, Activation.RELU)
                .dense("hidden", 8)
                .relu("relu")
                .dense("logits", 2)
                .softmax()
                .build();
        TrainingConfig config = TrainingConfig.standard(25, 4, 16, 0.02, 1)
                .with(Compression.NONE.with(PruningSettings.of(0.5, 1, 5)))
                .with(new QatSettings(4, 0.1).with(LearnedSteps.standard()));
        TrainingResult result =
                Trainer.fit(network, TRAINING, Optional.of(VALIDATION), config, 3, TrainingListener.NONE, () -> false);
        Evaluation evaluation = Evaluator.evaluate(result.int8Graph(), VALIDATION, 1);
        assertThat(evaluation.accuracy()).isGreaterThan(0.95);
        SimulatedScore simulated = SimulatedScore.of(result.int8Graph(), VALIDATION, new SoftmaxCrossEntropy(0));
        assertThat(evaluation.predictions()).isEqualTo(simulated.predictions());
        int hidden = FloatNetwork.index(result.int8Graph(), "hidden/weights");
        assertThat(result.int8Graph().tensor(hidden).shape()).isEqualTo(Shape.of(4, 8));
    }

    @Test
    void aSampleIsWholeSteps() {
        ListedSamples samples = new ListedSamples(2, 7).add(0, new float[7]).add(1, new float[7]);

        assertThatThrownBy(() -> Evaluator.evaluate(network(), samples, 1))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("samples of [7] do not fit the model's input 'input' of [1, 3]");
    }

    @Test
    void aSkeletonHasTheTypesOfTheTrainedNetwork() {
        Graph skeleton = Trainer.skeleton(network(), 1);

        assertThat(skeleton.tensors())
                .extracting(tensor -> tensor.type())
                .isEqualTo(train(1).int8Graph().tensors().stream()
                        .map(tensor -> tensor.type())
                        .toList());
        assertThat(QatGraph.export(skeleton)).isEqualTo(skeleton);
    }
}
