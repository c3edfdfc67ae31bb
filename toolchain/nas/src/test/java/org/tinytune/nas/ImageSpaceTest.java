package org.tinytune.nas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tinytune.core.board.Boards;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.op.resizearea.ResizeAreaParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.DatasetBuilder;
import org.tinytune.data.DatasetCard;
import org.tinytune.data.Parallel;
import org.tinytune.data.ValueRange;
import org.tinytune.data.feature.NetworkInput;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.space.SearchSpace;
import org.tinytune.train.Evaluator;
import org.tinytune.train.Trainer;
import org.tinytune.train.TrainingResult;

class ImageSpaceTest {
    private static final int EACH = 10;

    /** Which channel, or third of a grey image, is bright. */
    private static Dataset images(int height, int width, int channels) {
        Shape shape = Shape.of(height, width, channels);
        List<String> labels = SyntheticData.LABELS;
        DatasetBuilder builder = new DatasetBuilder(DatasetCard.named("bright"), shape)
                .labels(labels)
                .declaredRange(new ValueRange(0, 255));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < EACH * labels.size(); i++) {
            byte[] pixels = new byte[shape.elements()];
            for (int p = 0; p < pixels.length; p++) {
                int third = channels == 3 ? p % 3 : 3 * p / pixels.length;
                pixels[p] = (byte) (random.nextInt(100) + (third == i % 3 ? 120 : 0));
            }
            builder.add(pixels, labels.get(i % 3));
        }
        return builder.build();
    }

    @Test
    void everyPointSeesImagesThatABoardMakesSmaller() {
        FootprintMeter meter = new FootprintMeter(Boards.byId("qemu-mps2-an386"), false);
        for (Dataset data : List.of(images(40, 33, 3), images(96, 96, 1))) {
            SearchTask task = new SearchTask(data, 1);
            int smaller = 0;
            for (long seed = 0; seed < 30; seed++) {
                Parameters parameters = RandomNetworks.parameters(task.space(), seed);
                Graph model = task.skeleton(parameters);

                assertThat(model.input().shape().elements())
                        .isEqualTo(data.shape().elements());
                assertThat(model.output().shape()).isEqualTo(Shape.of(1, 3));
                assertThat(meter.plan(model).plan().arenaBytes()).isGreaterThan(0);
                smaller += FrontEnd.of(model).isPresent() ? 1 : 0;
            }
            assertThat(smaller).isGreaterThan(15);
            assertThat(task.space().smallest().stream().map(task::skeleton)).isNotEmpty();
        }
    }

    /** Nothing is distorted; of a square image the border goes, of another one what makes it longer. */
    @Test
    void aPartIsInTheMiddleAndScaledAsTheWhole() {
        assertThat(parts(images(40, 60, 1), 20))
                .containsExactly(
                        new ResizeAreaParams(0, 10, 40, 40, 20, 20, false),
                        new ResizeAreaParams(0, 0, 40, 60, 20, 30, false));
        assertThat(parts(images(40, 40, 1), 20))
                .containsExactly(
                        new ResizeAreaParams(5, 5, 30, 30, 15, 15, false),
                        new ResizeAreaParams(0, 0, 40, 40, 20, 20, false));
        assertThat(parts(images(40, 40, 1), 40))
                .containsExactly(new ResizeAreaParams(5, 5, 30, 30, 30, 30, false), null);
    }

    /** The middle, and the whole; null as it is. */
    private static List<ResizeAreaParams> parts(Dataset images, int side) {
        ImageSpace space = ImageSpace.of(images).orElseThrow();
        SearchSpace.Builder builder = SearchSpace.builder();
        space.addTo(builder);
        SearchSpace built = builder.build();
        return IntStream.range(0, 2)
                .mapToObj(whole -> space.resize(built.nearest(Map.of("image_side", side, "whole_image", whole)))
                        .orElse(null))
                .toList();
    }

    @Test
    void theModelThatLeavesIsWhatWasTrained() {
        SearchTask task = new SearchTask(images(36, 36, 3), 1);
        for (long seed = 0; seed < 4; seed++) {
            Parameters parameters = RandomNetworks.parameters(task.space(), seed);
            NetworkInput input = task.input(parameters, task.searchData().training(), Parallel.of(2));
            TrainingResult trained = Trainer.fit(
                    task.network(parameters, input),
                    task.varied(parameters, input, 1),
                    Optional.empty(),
                    task.training(parameters, input, new TrainingBudget(2, 1), 1),
                    1,
                    epoch -> {},
                    () -> false);

            assertThat(Evaluator.evaluate(
                            input.model(trained.int8Graph()), task.searchData().validation(), 1))
                    .as("%s", parameters)
                    .isEqualTo(Evaluator.evaluate(
                            trained.int8Graph(), input.of(task.searchData().validation()), 1));
        }
    }

    @Test
    void smallImagesAndOtherValuesAreSeenAsTheyAre() {
        assertThat(new SearchTask(images(28, 28, 1), 1).space().searchSpace().names())
                .doesNotContain("image_side");
        assertThat(new SearchTask(SyntheticData.images(20, 1), 1)
                        .space()
                        .searchSpace()
                        .names())
                .doesNotContain("image_side");
        assertThat(new SearchTask(images(32, 32, 3), 1).space().searchSpace().names())
                .contains("image_side", "whole_image", "colours");
    }
}
