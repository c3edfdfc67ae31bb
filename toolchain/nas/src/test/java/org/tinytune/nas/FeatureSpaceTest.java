package org.tinytune.nas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.DatasetBuilder;
import org.tinytune.data.DatasetCard;
import org.tinytune.data.Int16Store;
import org.tinytune.data.Parallel;
import org.tinytune.data.SignalFormat;
import org.tinytune.data.feature.NetworkInput;
import org.tinytune.data.split.SearchData;
import org.tinytune.nas.FeatureSpace.Block;
import org.tinytune.nas.SearchRequest.SamplerKind;
import org.tinytune.search.space.Parameters;
import org.tinytune.train.Evaluation;
import org.tinytune.train.Evaluator;
import org.tinytune.train.Trainer;
import org.tinytune.train.TrainingConfig;
import org.tinytune.train.TrainingResult;

class FeatureSpaceTest {
    private static final int EACH = 12;

    /** Three classes by frequency: 1, 2 and 3 parts in 32 of the rate. */
    private static Dataset waves(int samples, int channels, double rateHz) {
        return waves(samples, channels, rateHz, 0);
    }

    /** Half a second each of five speakers. */
    static Dataset speakers() {
        return waves(4000, 1, 8000, 5);
    }

    private static Dataset waves(int samples, int channels, double rateHz, int groups) {
        Shape shape = Shape.of(samples, 1, channels);
        List<String> labels = SyntheticData.LABELS;
        Int16Store.HeapSink sink = new Int16Store.HeapSink(shape.elements(), EACH * labels.size());
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < EACH * labels.size(); i++) {
            short[] window = new short[shape.elements()];
            double phase = random.nextDouble();
            for (int v = 0; v < window.length; v++) {
                int moment = v / channels;
                double turns = (1 + i % 3) / 32.0 * moment + phase;
                window[v] = (short) (2000 * StrictMath.sin(2 * StrictMath.PI * turns) + random.nextInt(-300, 301));
            }
            sink.put(i, window);
        }
        List<String> names = Stream.iterate(0, c -> c + 1)
                .limit(channels)
                .map(c -> "axis " + c)
                .toList();
        SignalFormat signal = new SignalFormat(rateHz, 0.01, names, "m/s2");
        DatasetBuilder builder =
                new DatasetBuilder(DatasetCard.named("waves"), shape, sink.store(), signal).labels(labels);
        for (int i = 0; i < EACH * labels.size(); i++) {
            builder.addStored(labels.get(i % 3));
            if (groups > 0) {
                builder.group("speaker " + i / labels.size() % groups);
            }
        }
        return builder.build();
    }

    /** Sound, motion, hardly a window of it, many channels, long windows, ultrasound and tides. */
    static Stream<Dataset> sets() {
        return Stream.of(
                waves(200, 64, 104),
                waves(20_000, 1, 3000),
                waves(8000, 1, 384_000),
                waves(48, 1, 0.5),
                waves(4000, 1, 8000),
                waves(1600, 2, 16_000),
                waves(4000, 3, 6667),
                waves(125, 3, 62.5),
                waves(17, 3, 10),
                waves(8, 6, 1));
    }

    @ParameterizedTest
    @MethodSource("sets")
    void everyPointIsAModelOfWindowsThatRunsOnABoard(Dataset data) {
        FootprintMeter meter = new FootprintMeter(Boards.byId("qemu-mps2-an386"), false);
        SearchTask task = new SearchTask(data, 1);
        for (long seed = 0; seed < 40; seed++) {
            Parameters parameters = RandomNetworks.parameters(task.space(), seed);
            Graph model = task.skeleton(parameters);

            assertThat(model.input().shape())
                    .as("%s", parameters)
                    .isEqualTo(Shape.of(1, data.shape().dim(0), 1, data.shape().dim(2)));
            assertThat(FrontEnd.of(model)).as("%s", parameters).isPresent();
            assertThat(model.output().shape()).isEqualTo(Shape.of(1, 3));
            assertThat(meter.plan(model).plan().arenaBytes()).isGreaterThan(0);
        }
        assertThat(task.space().smallest().stream().map(task::skeleton)).isNotEmpty();
    }

    @Test
    void theModelThatLeavesIsWhatWasTrained() {
        Dataset data = waves(400, 3, 100);
        SearchTask task = new SearchTask(data, 1);
        SearchData parts = task.searchData();
        for (long seed = 0; seed < 6; seed++) {
            Parameters parameters = RandomNetworks.parameters(task.space(), seed);
            NetworkInput input = task.input(parameters, parts.training(), Parallel.of(2));
            TrainingConfig config = task.training(parameters, input, new TrainingBudget(6, 2), 1);
            TrainingResult trained = Trainer.fit(
                    task.network(parameters, input),
                    task.varied(parameters, input, 1),
                    Optional.empty(),
                    config,
                    1,
                    epoch -> {},
                    () -> false);
            Graph model = input.model(trained.int8Graph());
            Evaluation ofNetwork = Evaluator.evaluate(trained.int8Graph(), input.of(parts.validation()), 1);

            assertThat(Evaluator.evaluate(model, parts.validation(), 1))
                    .as("%s", parameters)
                    .isEqualTo(ofNetwork);
            assertThat(model.metadata().extra()).containsEntry("sampleRateHz", "100.0");
        }
    }

    @Test
    void offersWhatSuitsTheRateUnlessTheUserChooses() {
        assertThat(names(new SearchTask(waves(4000, 1, 8000), 1)))
                .contains("bands")
                .doesNotContain("segments");
        assertThat(names(new SearchTask(waves(125, 3, 50), 1)))
                .contains("segments")
                .doesNotContain("bands");
        assertThat(names(new SearchTask(waves(4000, 1, 8000), 1, List.of(Block.SPECTRAL))))
                .contains("segments", "dense_layers")
                .doesNotContain("bands", "blocks");
        assertThat(Block.named(List.of("mfcc", "raw", "mfcc"))).containsExactly(Block.RAW, Block.MFCC);
    }

    /** A heart at 250 Hz is no sound for having one channel, and three microphones have no axes. */
    @Test
    void changesWindowsByTheirRateWhateverTheirChannels() {
        for (int channels : new int[] {1, 3, 23}) {
            assertThat(names(new SearchTask(waves(4000, channels, 8000), 1)))
                    .contains("microphone", "noise")
                    .doesNotContain("rotation");
            List<String> slow = names(new SearchTask(waves(250, channels, 250), 1));
            assertThat(slow).contains("augmentation").doesNotContain("microphone", "noise");
            assertThat(slow.contains("rotation")).isEqualTo(channels == 3);
        }
    }

    private static List<String> names(SearchTask task) {
        return task.space().searchSpace().names();
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> Block.named(List.of("mfc")))
                .isInstanceOf(TinytuneException.class)
                .hasMessageContaining("no features are called 'mfc'");
        Dataset shortOnes = waves(8, 3, 50);
        assertThatThrownBy(() -> new SearchTask(shortOnes, 1, List.of(Block.MFCC)))
                .isInstanceOf(TinytuneException.class)
                .hasMessageContaining("too short");
        Dataset images = SyntheticData.images(20, 1);
        assertThatThrownBy(() -> new SearchTask(images, 1, List.of(Block.MFCC)))
                .isInstanceOf(TinytuneException.class)
                .hasMessageContaining("leave out --features");
    }

    @ParameterizedTest
    @MethodSource("sets")
    void whatIsKnownToDoWellIsAModelEverywhere(Dataset data) {
        SearchTask task = new SearchTask(data, 1);
        List<List<Parameters>> baselines = task.space().baselines().sizes();
        List<Integer> sizes = baselines.stream()
                .map(variants -> task.skeleton(variants.get(0)))
                .map(FeatureSpaceTest::constantBytes)
                .toList();

        double rate = data.signal().orElseThrow().rateHz();
        boolean tooShort = data.shape().dim(0) < 0.2 * rate;
        assertThat(baselines.isEmpty()).isEqualTo(rate < 4000 || rate > 100_000 || tooShort);
        assertThat(sizes).isSortedAccordingTo(Comparator.reverseOrder()).doesNotHaveDuplicates();
    }

    private static int constantBytes(Graph graph) {
        return Math.toIntExact(graph.tensors().stream()
                .filter(Tensor::isConstant)
                .mapToLong(Tensor::bytes)
                .sum());
    }

    /** Also where readings along three axes are as fast as sounds. */
    @ParameterizedTest
    @CsvSource({"1, 8000", "3, 6667", "6, 16000"})
    void whatSoundsBeginWithIsInTheirSpace(int channels, double rateHz) {
        NetworkSpace space = new SearchTask(waves(4000, channels, rateHz), 1).space();

        assertThat(space.baselines().variants()).isEqualTo(2);
        for (List<Parameters> variants : space.baselines().sizes()) {
            for (Parameters parameters : variants) {
                assertThat(space.searchSpace().encode(parameters))
                        .hasSize(space.searchSpace().size());
            }
        }
    }

    @Test
    void aSearchBeginsWithTheLargestThatFitsOfWhatIsKnown(@TempDir Path folder) {
        Dataset sounds = waves(4000, 1, 8000);
        SearchTask task = new SearchTask(sounds, 1, List.of(Block.MEL));
        Board board = Boards.byId("qemu-mps2-an386");
        Function<Long, List<Parameters>> first = flash -> new ModelSearch(
                        new SearchRequest(
                                Path.of("waves"),
                                board,
                                new Limits(Limits.of(board).ramBytes(), flash, OptionalLong.empty(), 0.9),
                                1,
                                Optional.empty(),
                                1,
                                1,
                                SamplerKind.BAYES,
                                List.of(Block.MEL),
                                true,
                                folder.resolve("study.db")),
                        task,
                        new FootprintMeter(board, false),
                        "test")
                .startingPoints();

        Parameters largest = first.apply(1_000_000L).get(0);
        assertThat(largest.getString("features")).isEqualTo("mel");
        assertThat(largest.getInt("channels_1")).isEqualTo(64);
        assertThat(first.apply(42_000L))
                .hasSize(2)
                .allSatisfy(smaller -> assertThat(smaller.getInt("channels_4")).isBetween(16, 48))
                .extracting(p -> p.getDouble("noise"))
                .containsExactly(0.5, 1.0);
        assertThat(first.apply(1000L)).isEmpty();
    }
}
