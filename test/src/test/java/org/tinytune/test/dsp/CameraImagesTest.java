package org.tinytune.test.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.op.resizearea.ResizeArea;
import org.tinytune.core.op.resizearea.ResizeAreaParams;
import org.tinytune.core.sim.Simulator;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.testing.RealImages;
import org.tinytune.data.Dataset;
import org.tinytune.data.reader.DataSets;

/** Pictures made smaller, against the definition in double. */
class CameraImagesTest {
    private static final Path FASHION = Path.of("/usr/share/datasets/fashion-mnist");
    private static final int EVERY = 100;
    private static final int SIDE = 28;
    private static final float SCALE = 1f / 255;
    private static final int ZERO_POINT = -128;

    private static Simulator simulator(Shape image, ResizeAreaParams params) {
        int channels = params.grey() ? 1 : image.dim(3);
        FrontEnd frontEnd = new FrontEnd(
                FrontEnd.image("camera", image.dim(1), image.dim(2), image.dim(3), SCALE, ZERO_POINT),
                List.of(new FrontEnd.Stage<>(
                        ResizeArea.INSTANCE,
                        params,
                        FrontEnd.image(
                                "small", params.outputHeight(), params.outputWidth(), channels, SCALE, ZERO_POINT),
                        List.of())));
        return Simulator.of(frontEnd.alone());
    }

    /** Halves, sevenths that sum to 49, and a part of which 19 x 19 pixels become 7 x 7, with weights of 361. */
    @ParameterizedTest
    @CsvSource({"28, 14, 0.5", "28, 4, 0.5", "28, 8, 0.5", "19, 7, 0.51"})
    void clothesAreOffByTheirRoundingAlone(int part, int output, double bound) {
        if (!Files.isDirectory(FASHION)) {
            assertThat(System.getenv("CI")).as(FASHION + " under CI=true").isNotEqualTo("true");
            assumeTrue(false, FASHION + " is absent: install dataset-fashion-mnist");
        }
        Dataset clothes = DataSets.load(FASHION);
        Shape image = Shape.of(1, SIDE, SIDE, 1);
        int first = (SIDE - part) / 2;
        ResizeAreaParams params = new ResizeAreaParams(first, first, part, part, output, output, false);
        Simulator simulator = simulator(image, params);
        float[] pixels = new float[SIDE * SIDE];
        byte[] bytes = new byte[pixels.length];
        for (int i = 0; i < clothes.size(); i += EVERY) {
            clothes.read(i, pixels, 0);
            for (int p = 0; p < bytes.length; p++) {
                bytes[p] = (byte) (pixels[p] + ZERO_POINT);
            }
            assertThat(RealImages.largestError(bytes, image, params, simulator.run(bytes)))
                    .as("image %d", i)
                    .isLessThanOrEqualTo(bound + 1e-9);
        }
    }

    /** A sky over a field, with noise, as a camera of 320 x 240 has it. */
    @Test
    void coloursOfACameraAreOffByLessThanACount() {
        Shape image = Shape.of(1, 240, 320, 3);
        byte[] pixels = landscape(image);
        for (boolean grey : new boolean[] {false, true}) {
            for (int side : new int[] {32, 47, 96}) {
                ResizeAreaParams params = ResizeAreaParams.middle(240, 320, side, side, grey);
                assertThat(RealImages.largestError(
                                pixels, image, params, simulator(image, params).run(pixels)))
                        .as("grey %s, side %d", grey, side)
                        .isLessThan(0.53);
            }
        }
    }

    private static byte[] landscape(Shape image) {
        SplittableRandom random = new SplittableRandom(1);
        byte[] pixels = new byte[image.elements()];
        int at = 0;
        for (int y = 0; y < image.dim(1); y++) {
            boolean sky = y < image.dim(1) / 2;
            for (int x = 0; x < image.dim(2); x++) {
                int[] colour =
                        sky ? new int[] {90 + y / 2, 150 + y / 3, 235} : new int[] {x / 4, 190 - y / 2, 30 + x / 8};
                for (int c : colour) {
                    pixels[at++] = (byte) (c + random.nextInt(-20, 21) + ZERO_POINT);
                }
            }
        }
        return pixels;
    }
}
