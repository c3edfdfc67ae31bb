package org.tinytune.core.op.resizearea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.graph.Cost;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.GraphBuilder;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.RealImages;

class ResizeAreaTest {
    private static final Quantization PIXELS = Quantization.perTensor(1f / 255, -128);

    private static Graph graph(Shape image, ResizeAreaParams params) {
        return graph(image, params, PIXELS);
    }

    private static Graph graph(Shape image, ResizeAreaParams params, Quantization output) {
        GraphBuilder graph = new GraphBuilder();
        int input = graph.input("image", image, ElementType.INT8, PIXELS);
        return graph.output(graph.node("x", ElementType.INT8, output, ResizeArea.INSTANCE, params, input))
                .build();
    }

    private static byte[] run(Shape image, ResizeAreaParams params, int... bytes) {
        byte[] input = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            input[i] = (byte) (bytes[i] - 128);
        }
        byte[] output = Simulator.of(graph(image, params)).run(input);
        for (int i = 0; i < output.length; i++) {
            output[i] = (byte) (output[i] + 128);
        }
        return output;
    }

    @Test
    void fourPixelsBecomeTheirMeanTiesUp() {
        ResizeAreaParams halves = ResizeAreaParams.whole(2, 4, 1, 2, false);

        assertThat(run(Shape.of(1, 2, 4, 1), halves, 1, 2, 0, 0, 3, 4, 0, 1)).containsExactly(3, 0);
    }

    /** Of five pixels the middle one counts by half on either side. */
    @Test
    void pixelsThatAreCutCountByTheirPart() {
        ResizeAreaParams two = ResizeAreaParams.whole(1, 5, 1, 2, false);

        assertThat(run(Shape.of(1, 1, 5, 1), two, 10, 20, 30, 40, 50)).containsExactly(18, 42);
    }

    @Test
    void onlyThePartCounts() {
        ResizeAreaParams part = new ResizeAreaParams(1, 1, 2, 1, 2, 1, false);

        assertThat(run(Shape.of(1, 4, 3, 1), part, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11))
                .containsExactly(4, 7);
    }

    @Test
    void coloursAreAveragedEachOnItsOwnAndBecomeGrey() {
        Shape image = Shape.of(1, 1, 2, 3);
        assertThat(run(image, ResizeAreaParams.whole(1, 2, 1, 1, false), 10, 20, 30, 20, 40, 60))
                .containsExactly(15, 30, 45);
        // 0.299 * 15 + 0.587 * 30 + 0.114 * 45 = 27.2
        assertThat(run(image, ResizeAreaParams.whole(1, 2, 1, 1, true), 10, 20, 30, 20, 40, 60))
                .containsExactly(27);
        assertThat(run(image, ResizeAreaParams.whole(1, 2, 1, 2, true), 100, 0, 0, 0, 0, 100))
                .containsExactly(30, 11);
    }

    /** The error of one pixel is that of its rounding, and that of long sums and weights in 16 bits. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isWhatTheDefinitionInDoubleGives(boolean grey) {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 300; i++) {
            int height = 1 + random.nextInt(40);
            int width = 1 + random.nextInt(40);
            ResizeAreaParams params = new ResizeAreaParams(
                    random.nextInt(3),
                    random.nextInt(3),
                    height,
                    width,
                    1 + random.nextInt(height),
                    1 + random.nextInt(width),
                    grey);
            int channels = grey || random.nextBoolean() ? 3 : 1;
            Shape image = Shape.of(1, params.top() + height + 1, params.left() + width + 2, channels);
            byte[] pixels = new byte[image.elements()];
            random.nextBytes(pixels);

            byte[] output = Simulator.of(graph(image, params)).run(pixels);

            double bound = 0.5 + RealImages.maxError(params);
            assertThat(RealImages.largestError(pixels, image, params, output))
                    .as("%s of %s", params, image)
                    .isLessThan(bound);
        }
    }

    @ParameterizedTest
    @CsvSource({"-128, false", "127, false", "-128, true", "127, true"})
    void blackStaysBlackAndWhiteWhiteAtTheGreatestSize(byte value, boolean grey) {
        Shape image = Shape.of(1, 1024, 2048, grey ? 3 : 1);
        byte[] pixels = new byte[image.elements()];
        Arrays.fill(pixels, value);
        Graph graph = graph(image, ResizeAreaParams.whole(1024, 2048, 3, 7, grey));

        assertThat(Simulator.of(graph).run(pixels)).containsOnly(value);
    }

    @Test
    void anOutputRowNeedsTheRowsThatItCovers() {
        ResizeAreaParams params = new ResizeAreaParams(1, 0, 5, 1, 2, 1, false);
        RowWindow window = ResizeArea.INSTANCE.rowWindow(params, List.of(Shape.of(1, 9, 1, 1)));

        assertThat(List.of(window.first(0), window.end(0), window.first(1), window.end(1)))
                .containsExactly(1, 4, 3, 6);
    }

    @Test
    void theCostIsThatOfThePart() {
        Graph graph = graph(Shape.of(1, 10, 10, 3), ResizeAreaParams.whole(6, 4, 3, 2, true));

        assertThat(graph.cost(graph.nodes().get(0))).isEqualTo(new Cost(72, 72, 6));
    }

    @ParameterizedTest
    @CsvSource({
        "240, 320, 96, 96, 0, 40, 240, 240",
        "320, 240, 96, 96, 40, 0, 240, 240",
        "240, 320, 60, 80, 0, 0, 240, 320",
        "240, 320, 60, 160, 60, 0, 120, 320"
    })
    void thePartInTheMiddleHasTheProportionsOfTheOutput(
            int height,
            int width,
            int outputHeight,
            int outputWidth,
            int top,
            int left,
            int partHeight,
            int partWidth) {
        assertThat(ResizeAreaParams.middle(height, width, outputHeight, outputWidth, false))
                .isEqualTo(new ResizeAreaParams(top, left, partHeight, partWidth, outputHeight, outputWidth, false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -1 | 0    | 4    | 4    | 2 | 2 | a part that begins at row -1 and column 0, of at most 4096
            0  | 4097 | 4    | 4    | 2 | 2 | a part that begins at row 0 and column 4097, of at most 4096
            0  | 0    | 4097 | 4    | 2 | 2 | a part of 4097 x 4 pixels, not of 1 to 4096 in either direction and at most 2097152
            0  | 0    | 0    | 4    | 2 | 2 | a part of 0 x 4 pixels, not of 1 to 4096 in either direction and at most 2097152
            0  | 0    | 2048 | 2048 | 2 | 2 | a part of 2048 x 2048 pixels, not of 1 to 4096 in either direction and at most 2097152
            0  | 0    | 4    | 4    | 5 | 2 | cannot average 4 x 4 pixels to 5 x 2: images are only made smaller
            0  | 0    | 4    | 4    | 2 | 0 | cannot average 4 x 4 pixels to 2 x 0: images are only made smaller
            """)
    void sizesThatCannotBeAreRefused(
            int top, int left, int height, int width, int outputHeight, int outputWidth, String message) {
        assertThatThrownBy(() -> new ResizeAreaParams(top, left, height, width, outputHeight, outputWidth, false))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage(message);
    }

    @Test
    void imagesThatCannotBeAreRefused() {
        ResizeAreaParams colour = new ResizeAreaParams(1, 2, 4, 4, 2, 2, false);
        ResizeAreaParams grey = ResizeAreaParams.whole(4, 4, 2, 2, true);
        assertThatThrownBy(() -> graph(Shape.of(1, 5, 6, 2), colour))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("an image [1, 5, 6, 2] has 2 channels, not 1 or 3");
        assertThatThrownBy(() -> graph(Shape.of(1, 5, 6, 1), grey))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("an image [1, 5, 6, 1] has 1 channels, not 3 to make grey");
        for (Shape small : List.of(Shape.of(1, 4, 6, 3), Shape.of(1, 5, 5, 3))) {
            assertThatThrownBy(() -> graph(small, colour))
                    .isInstanceOf(InvalidModelException.class)
                    .hasMessageContaining("a part of 4 x 4 from row 1 and column 2 on is not within an image " + small);
        }
    }

    @Test
    void pixelsKeepTheirScale() {
        Graph rescaled =
                graph(Shape.of(1, 2, 2, 1), ResizeAreaParams.whole(2, 2, 1, 1, false), Quantization.perTensor(1, 0));
        assertThatThrownBy(() -> Simulator.of(rescaled))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("differs from the input's");
    }
}
