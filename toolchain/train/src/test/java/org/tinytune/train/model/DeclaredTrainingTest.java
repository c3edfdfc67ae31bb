package org.tinytune.train.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.AnomalyThreshold;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Metadata;
import org.tinytune.core.graph.OutputEncoding;
import org.tinytune.core.graph.TaskKind;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.op.resizearea.ResizeAreaParams;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.vector.VectorProvider;
import org.tinytune.data.Dataset;
import org.tinytune.data.DatasetBuilder;
import org.tinytune.data.DatasetCard;
import org.tinytune.data.OutputEncodings;
import org.tinytune.data.Parallel;
import org.tinytune.data.Samples;
import org.tinytune.data.ValueRange;
import org.tinytune.data.feature.FeatureSamples;
import org.tinytune.train.Checkpoints;
import org.tinytune.train.Evaluation;
import org.tinytune.train.Evaluator;
import org.tinytune.train.ListedSamples;
import org.tinytune.train.StepComparison;
import org.tinytune.train.TrainingListener;
import org.tinytune.train.TrainingResult;
import org.tinytune.train.loss.MeanSquaredError;
import org.tinytune.train.quantize.Calibration;
import org.tinytune.train.quantize.QatGraph;
import org.tinytune.train.range.RealRange;
import org.tinytune.train.task.Predictions;

class DeclaredTrainingTest {
    private static final int NETWORKS = 100;
    private static final int FEW_NETWORKS = 30;

    private static Dataset bars(int count) {
        return dataset("bars", Shape.of(6, 6, 1), ListedSamples.bars(count, 1));
    }

    /** Of two classes: with a level bar, and without. */
    private static Dataset levelBars(int count) {
        ListedSamples bars = ListedSamples.bars(count, 1);
        ListedSamples level = new ListedSamples(2, 6, 6, 1);
        for (int i = 0; i < count; i++) {
            float[] values = new float[36];
            bars.read(i, values, 0);
            level.add(Math.min(1, bars.target(i)), values);
        }
        return dataset("level", Shape.of(6, 6, 1), level);
    }

    /** Sequences as rows of a table. */
    private static Dataset orders(int count) {
        return dataset("orders", Shape.of(18), ListedSamples.orders(count, 1));
    }

    private static Dataset dataset(String name, Shape shape, ListedSamples samples) {
        DatasetBuilder builder = new DatasetBuilder(DatasetCard.named(name), shape);
        for (int i = 0; i < samples.size(); i++) {
            float[] values = new float[shape.elements()];
            samples.read(i, values, 0);
            builder.add(values, "c" + samples.target(i));
        }
        return builder.build();
    }

    private static DeclaredTraining training(String text, Dataset data) {
        return new DeclaredTraining(ModelFile.parse("M.toml", text), data, 1, 1);
    }

    private static TrainingResult run(DeclaredTraining training) {
        return training.run(TrainingListener.NONE, () -> false, Checkpoints.NONE);
    }

    @Test
    void validationIsAPartOfTheSamplesUnlessTheFileSaysOtherwise() {
        String text = Networks.random(1);
        DeclaredTraining with = training(text, bars(90));
        assertThat(with.training().size()).isEqualTo(58);
        assertThat(with.validation().map(Samples::size)).contains(14);
        assertThat(with.test().size()).isEqualTo(18);
        DeclaredTraining without = training(text + "validation = false\n", bars(90));
        assertThat(without.training().size()).isEqualTo(72);
        assertThat(without.validation()).isEmpty();
        assertThat(without.test().size()).isEqualTo(18);
    }

    @Test
    void aLearningRateThatDivergesIsToldWithTheEpochAndASuggestion() {
        String text = Networks.random(1).replace("learning_rate = 0.01", "learning_rate = 1e30");
        assertThatThrownBy(() -> run(training(text + "[train.optimizer]\nname = 'sgd'\n", bars(90))))
                .isInstanceOf(TinytuneException.class)
                .hasMessageMatching("training diverged in epoch 1 in float, .*: try a learning rate below 1.0E30, .*");
    }

    @Test
    void aByteOrderMarkIsNoMistake() {
        assertThat(training("\uFEFF" + DENSE, lines()).training().size()).isEqualTo(77);
    }

    /** Known before anything is written. */
    @Test
    void weightsOfOtherClassesAreRefusedWithTheirPlace() {
        assertThatThrownBy(() -> training(DENSE + "[train.loss]\nclass_weights = [1, 2]\n", bars(90)))
                .isInstanceOfSatisfying(
                        TinytuneException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INVALID_INPUT))
                .hasMessageEndingWith(": train: loss: 2 class weights for 3 classes: give one for each class");
    }

    @Test
    void samplesThatAreNoNumbersAreNamed() {
        DatasetBuilder builder = new DatasetBuilder(DatasetCard.named("broken"), Shape.of(6, 6, 1));
        for (int i = 0; i < 30; i++) {
            float[] values = new float[36];
            values[i] = i % 3;
            values[0] = i % 3 == 0 && i > 3 ? Float.NaN : 0;
            builder.add(values, "c" + i % 3);
        }
        assertThatThrownBy(() -> training(Networks.random(1), builder.build()))
                .isInstanceOf(TinytuneException.class)
                .hasMessageMatching(
                        "training sample \\d+ of 19, number \\d+ of the data set, has NaN as value 1 of 36:.*")
                .extracting(e -> ((TinytuneException) e).exitCode())
                .isEqualTo(ExitCode.INVALID_INPUT);
    }

    private static final String DENSE = """
            [[layer]]
            type = 'dense'
            units = 8
            activation = 'relu'
            [[layer]]
            type = 'dense'
            [train]
            epochs = 30
            batch_size = 8
            learning_rate = 0.02
            """;

    /** {@code u = 1000 + 30 a, v = -2 b} of [a, b]. */
    private static Dataset lines() {
        SplittableRandom random = new SplittableRandom(1);
        DatasetBuilder builder =
                new DatasetBuilder(DatasetCard.named("lines"), Shape.of(2)).quantities(List.of("u", "v"));
        for (int i = 0; i < 120; i++) {
            float a = random.nextFloat() - 0.5f;
            float b = random.nextFloat() - 0.5f;
            builder.add(new float[] {a, b}, new float[] {1000 + 30 * a, -2 * b});
        }
        return builder.build();
    }

    /** What becomes of outputs is in the model: its metadata alone give the targets in their units. */
    @Test
    void aRegressionTellsItsTargetsInTheirUnits() {
        DeclaredTraining training = training(DENSE, lines());
        assertThat(training.config().loss()).isEqualTo(new MeanSquaredError());
        TrainingResult result = run(training);
        Metadata metadata = result.int8Graph().metadata();
        assertThat(TaskKind.of(metadata)).isEqualTo(TaskKind.REGRESSION);
        assertThat(metadata.labels()).containsExactly("u", "v");
        assertThat(metadata.description()).isEqualTo("Regression of lines, made by tinytune");
        OutputEncoding encoding = OutputEncoding.of(metadata, 2);
        assertThat(encoding).isEqualTo(OutputEncodings.standardized(training.training()));
        Samples test = training.test().open();
        Predictions predictions = Evaluator.predict(result.int8Graph(), test, 1);
        float[] truth = new float[2];
        for (int i = 0; i < test.size(); i++) {
            test.readQuantities(i, truth, 0);
            float[] outputs = predictions.outputs()[i];
            assertThat(encoding.decode(outputs[0], 0)).isCloseTo(truth[0], Offset.offset(6f));
            assertThat(encoding.decode(outputs[1], 1)).isCloseTo(truth[1], Offset.offset(0.4f));
        }
    }

    /** Both models have a threshold, so that both can be judged. */
    @Test
    void anAnomalyDetectorHasAThreshold() {
        SplittableRandom random = new SplittableRandom(1);
        DatasetBuilder builder = new DatasetBuilder(DatasetCard.named("pairs"), Shape.of(2)).normalLabel("alike");
        for (int i = 0; i < 120; i++) {
            float a = random.nextFloat() - 0.5f;
            builder.add(new float[] {a, i % 4 == 0 ? -a : a}, i % 4 == 0 ? "odd" : "alike");
        }
        DeclaredTraining training = training(DENSE.replace("units = 8", "units = 1"), builder.build());
        assertThat(training.graph().output().shape()).isEqualTo(Shape.of(1, 2));
        TrainingResult result = run(training);
        assertThat(AnomalyThreshold.of(result.int8Graph().metadata())).isPresent();
        assertThat(AnomalyThreshold.of(result.floatGraph().metadata())).isPresent();
    }

    @Test
    void theFileCannotSayOtherwiseThanTheData() {
        assertThatThrownBy(() -> training("[model]\ntask = 'anomaly'\n" + DENSE, lines()))
                .isInstanceOf(TinytuneException.class)
                .hasMessage("M.toml: task = \"anomaly\", but 'lines' asks for regression: change one of the two");
    }

    private static final String TAUGHT = "[train.teacher]\nmodel = 'teacher.toml'\nweight = 0.7\n";

    /** The student is another one than without; a teacher that sees the same bytes again makes the same. */
    @Test
    void aTeacherIsTrainedInFloatAndChangesItsStudent() {
        String text = Networks.random(1);
        DeclaredTraining teacher = training(Networks.random(2), bars(60)).ofTeacher();
        assertThat(teacher.config().qat().epochs()).isZero();
        Graph first = run(teacher).floatGraph();
        TrainingResult alone = run(training(text, bars(60)));
        TrainingResult taught = run(training(text + TAUGHT, bars(60)).withTeacher(first));
        Graph second = run(training(Networks.random(2), bars(60)).ofTeacher()).floatGraph();
        TrainingResult again = run(training(text + TAUGHT, bars(60)).withTeacher(second));
        assertThat(again.history()).isEqualTo(taught.history()).isNotEqualTo(alone.history());
    }

    /** What a .tflite file holds teaches as well. */
    @Test
    void aModelInIntegersTeachesByWhatItsWeightsStandFor() {
        Graph int8 = run(training(Networks.random(2), bars(60))).int8Graph();
        DeclaredTraining student =
                training(Networks.random(1) + TAUGHT, bars(60)).withTeacher(int8);
        Graph teacher =
                student.config().compression().distillation().orElseThrow().teacher();
        assertThat(teacher.input().type()).isEqualTo(ElementType.FLOAT32);
        assertThat(run(student).history()).isNotEmpty();
    }

    @Test
    void aTeacherIsOfTheSameDataAndHasNone() {
        Graph ofLines = training(DENSE, lines()).graph();
        DeclaredTraining student = training(Networks.random(1) + TAUGHT, bars(60));
        assertThatThrownBy(() -> student.withTeacher(ofLines))
                .isInstanceOf(TinytuneException.class)
                .hasMessage(
                        "M.toml: train: teacher: teacher.toml is for regression: give a teacher that tells classes");
        Graph graph = training(Networks.random(1), bars(60)).graph();
        Graph others = graph.withMetadata(graph.metadata().withLabels(List.of("c0", "c2", "c1")));
        assertThatThrownBy(() -> student.withTeacher(others))
                .isInstanceOf(TinytuneException.class)
                .hasMessageStartingWith(
                        "M.toml: train: teacher: teacher.toml tells 3 classes (c0, c2, c1), the data have"
                                + " c0, c1, c2: give a teacher of the same, in this order");
        String declared = "[[layer]]\ntype = 'flatten'\n" + DENSE + "[train.loss]\nname = 'binary-cross-entropy'\n";
        Graph ofSigmoids = training(declared, bars(60)).graph();
        assertThatThrownBy(() -> student.checkTeacher(ofSigmoids))
                .isInstanceOf(TinytuneException.class)
                .hasMessage("M.toml: train: teacher: teacher.toml ends in sigmoids, each a yes or no of its own: give a"
                        + " teacher that ends in softmax");
        assertThatThrownBy(student::ofTeacher)
                .isInstanceOf(TinytuneException.class)
                .hasMessage("M.toml: train: teacher: a teacher cannot have a teacher of its own: leave it out");
    }

    static List<Integer> networks() {
        return IntStream.range(0, NETWORKS).boxed().toList();
    }

    static List<Integer> fewNetworks() {
        return IntStream.range(0, FEW_NETWORKS).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("networks")
    void anyDeclaredNetworkIsTrainedAsItIsShipped(int seed) {
        assertTrainedAsShipped(seed, Networks.random(seed), bars(60));
    }

    @ParameterizedTest
    @MethodSource("fewNetworks")
    void anyNetworkWithASingleOutputIsTrainedAsItIsShipped(int seed) {
        assertTrainedAsShipped(seed, Networks.binary(seed), levelBars(60));
    }

    @ParameterizedTest
    @MethodSource("fewNetworks")
    void anyNetworkForSequencesIsTrainedAsItIsShipped(int seed) {
        assertTrainedAsShipped(seed, Networks.sequence(seed), orders(60));
    }

    /** Every tensor in every step of training in integers is the simulator's, and so are the predictions after it. */
    private static void assertTrainedAsShipped(int seed, String text, Dataset data) {
        String context = "seed " + seed + ":\n" + text;
        DeclaredTraining training = training(text, data);
        TrainingResult result = run(training);
        RealRange[] ranges = Calibration.ranges(result.floatGraph(), training.training(), seed, 1);
        Graph qat = QatGraph.quantizeActivations(result.floatGraph(), ranges);
        StepComparison steps =
                StepComparison.run(context, qat, training.training(), training.config(), VectorProvider.get());
        assertThat(steps.samples()).isEqualTo(training.training().size());
        assertThat(steps.tensors()).isPositive();
        Samples test = training.test().open();
        Evaluation evaluation = Evaluator.evaluate(result.int8Graph(), test, 1);
        assertThat(evaluation.predictions()).as(context).isEqualTo(simulated(result.int8Graph(), test));
    }

    private static List<Integer> simulated(Graph int8, Samples samples) {
        Simulator simulator = Simulator.of(int8);
        return IntStream.range(0, samples.size())
                .mapToObj(i -> decision(int8, simulator.runSample(encode(int8, samples, i))))
                .toList();
    }

    private static byte[] encode(Graph int8, Samples samples, int i) {
        float[] raw = new float[samples.shape().elements()];
        samples.read(i, raw, 0);
        int channels = int8.input().shape().dim(-1);
        byte[] bytes = new byte[raw.length];
        for (int k = 0; k < raw.length; k++) {
            bytes[k] = int8.input()
                    .quantization()
                    .quantizeInt8(int8.metadata().encoding().encode(raw[k], k % channels));
        }
        return bytes;
    }

    /** A single output stands for the second class. */
    private static int decision(Graph int8, byte[] output) {
        boolean single = output.length == 1;
        return single ? int8.output().quantization().dequantize(output[0]) > 0.5 ? 1 : 0 : greatest(output);
    }

    private static int greatest(byte[] values) {
        int greatest = 0;
        for (int i = 1; i < values.length; i++) {
            greatest = values[i] > values[greatest] ? i : greatest;
        }
        return greatest;
    }

    private static final String SMALLER = """
            [features]
            block = 'resize'
            height = 8
            width = 8
            crop = 'middle'
            grey = true
            [[layer]]
            type = 'conv2d'
            filters = 6
            kernel = 3
            activation = 'relu'
            [[layer]]
            type = 'flatten'
            [[layer]]
            type = 'dense'
            [train]
            epochs = 12
            batch_size = 8
            learning_rate = 0.02
            [train.augmentation]
            shift = 0.5
            """;

    /** Images in colours, of which the upper, the lower or no half is bright, but for their sides. */
    private static DatasetBuilder pictures(int height, int width) {
        DatasetBuilder builder = new DatasetBuilder(DatasetCard.named("pictures"), Shape.of(height, width, 3))
                .declaredRange(new ValueRange(0, 255));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 90; i++) {
            byte[] pixels = new byte[height * width * 3];
            for (int p = 0; p < pixels.length; p++) {
                int half = 2 * p / pixels.length;
                int x = p / 3 % width;
                boolean side = x < (width - height) / 2 || x >= (width + height) / 2;
                pixels[p] = (byte) (random.nextInt(90) + (side ? 160 : 110 * (half == i % 3 ? 1 : 0)));
            }
            builder.add(pixels, List.of("up", "down", "dark").get(i % 3));
        }
        return builder;
    }

    /** What leaves takes what a camera gives: all of its image, in colours. */
    @Test
    void aNetworkForSmallerImagesBecomesAModelForWholeOnes() {
        DeclaredTraining training = training(SMALLER, pictures(24, 32).build());
        assertThat(training.seesSamples()).isFalse();
        assertThat(training.graph().input().shape()).isEqualTo(Shape.of(1, 8, 8, 1));

        TrainingResult result = run(training);

        Graph model = result.int8Graph();
        assertThat(model.input().shape()).isEqualTo(Shape.of(1, 24, 32, 3));
        assertThat(model.input().type()).isEqualTo(ElementType.INT8);
        assertThat(FrontEnd.of(model).orElseThrow().stages().get(0).params())
                .isEqualTo(new ResizeAreaParams(0, 4, 24, 24, 8, 8, true));
        Samples whole = training.test().open();
        Samples seen = FeatureSamples.seenBy(model, whole, Parallel.of(1));
        assertThat(Evaluator.evaluate(model, whole, 1).accuracy())
                .isGreaterThan(0.9)
                .isEqualTo(told(model, whole));
        assertThat(Evaluator.evaluate(result.floatGraph(), seen, 1).accuracy()).isGreaterThan(0.9);
    }

    /** What a board tells of the bytes of a camera, each less 128: the share that is right. */
    private static double told(Graph model, Samples images) {
        Simulator simulator = Simulator.of(model);
        int right = 0;
        for (int i = 0; i < images.size(); i++) {
            float[] raw = new float[images.shape().elements()];
            images.read(i, raw, 0);
            byte[] bytes = new byte[raw.length];
            for (int v = 0; v < raw.length; v++) {
                bytes[v] = (byte) (raw[v] - 128);
            }
            byte[] scores = simulator.run(bytes);
            int best = IntStream.range(0, scores.length)
                    .reduce((a, b) -> scores[b] > scores[a] ? b : a)
                    .orElseThrow();
            right += best == images.target(i) ? 1 : 0;
        }
        return right / (double) images.size();
    }

    @Test
    void onlyImagesOfBytesCanBeMadeSmaller() {
        assertThatThrownBy(() -> training(SMALLER, bars(90)))
                .hasMessage("M.toml: features: 'bars' holds neither recordings to make features of nor images of bytes,"
                        + " which value_range = [0, 255] in dataset.toml says of arrays and tables: leave"
                        + " [features] out");
        assertThatThrownBy(() -> training(
                        SMALLER.replace("height = 8", "height = 25"),
                        pictures(24, 32).build()))
                .hasMessage("M.toml: features: height = 25: give a whole number from 1 to 24");
        assertThatThrownBy(() -> training(
                        SMALLER.replace("shift", "jitter"), pictures(24, 32).build()))
                .hasMessageContaining("is for series");
    }
}
