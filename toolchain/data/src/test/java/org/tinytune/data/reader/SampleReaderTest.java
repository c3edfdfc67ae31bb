package org.tinytune.data.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.ValueRange;

class SampleReaderTest {
    private static final ValueRange BYTES = new ValueRange(0, 255);

    @TempDir
    Path folder;

    private final SampleReader grey = new SampleReader(Shape.of(2, 3, 1), BYTES);

    @Test
    void readsOneRow() throws IOException {
        List<Sample> samples = grey.read(write("1,2,3,4,5,6\n"));

        assertThat(samples).hasSize(1);
        assertThat(samples.get(0).name()).isEqualTo("own.csv");
        assertThat(samples.get(0).values()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(samples.get(0).label()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,2,3,4,5,6,seven\n0,0,0,0,0,0,none\n",
                "label,a,b,c,d,e,f\nseven,1,2,3,4,5,6\nnone,0,0,0,0,0,0\n"
            })
    void readsSeveralRowsAndTheirLabels(String text) throws IOException {
        List<Sample> samples = grey.read(write(text));

        assertThat(samples).hasSize(2);
        assertThat(samples.get(0).values()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(samples.get(0).label()).contains("seven");
        assertThat(samples.get(0).name()).matches("own.csv line [12]");
    }

    /** The columns that a regression tells may be there, wherever they are. */
    @Test
    void setsTargetsAside() throws IOException {
        SampleReader reader = new SampleReader(Shape.of(2), BYTES, List.of("u", "v"));
        List<Sample> samples = reader.read(write("v,a,u,b\n7,1,8,2\n"));
        assertThat(samples.get(0).values()).containsExactly(1, 2);
        assertThat(samples.get(0).label()).contains("8, 7");
        assertThat(reader.read(write("a,b\n1,2\n")).get(0).label()).isEmpty();
        Expect.invalidInput(() -> reader.read(write("v,a,b,c\n7,1,8,2\n")))
                .isEqualTo("own.csv line 2 has 4 values, the model takes 2 [2]");
    }

    @Test
    void readsAnImageThatIsDrawnInNumbers() throws IOException {
        List<Sample> samples = grey.read(write("1,2,3\n4,5,6\n"));

        assertThat(samples).hasSize(1);
        assertThat(samples.get(0).values()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void refusesRowsOfAnotherLength() {
        Expect.invalidInput(() -> grey.read(write("1,2,3,4\n")))
                .isEqualTo("own.csv line 1 has 4 values, the model takes 6 [2, 3, 1]");
        Expect.invalidInput(() -> grey.read(write("1,2,3\n")))
                .isEqualTo("own.csv line 1 has 3 values, the model takes 6 [2, 3, 1] in one row, or in 2 rows of 3");
        Expect.invalidInput(() -> grey.read(write("1,2,3,4,x,6\n")))
                .startsWith("own.csv line 1, column 5: 'x' is not a number");
        Expect.invalidInput(() -> grey.read(write(""))).isEqualTo("own.csv holds no samples");
        Expect.invalidInput(() -> grey.read(folder.resolve("gone.png"))).isEqualTo("gone.png does not exist");
        Expect.invalidInput(() -> grey.read(folder)).endsWith(" is no file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp"})
    void readsGreyPixelsAsTheyAreStored(String format) throws IOException {
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 6; i++) {
            image.getRaster().setSample(i % 3, i / 3, 0, 50 * i);
        }

        assertThat(grey.read(write(image, format)).get(0).values()).containsExactly(0, 50, 100, 150, 200, 250);
        assertThat(new SampleReader(Shape.of(2, 3, 1), new ValueRange(-1, 4))
                        .read(write(image, format))
                        .get(0)
                        .values())
                .startsWith(-1)
                .endsWith(-1 + 250 / 255f * 5);
    }

    @Test
    void readsSixteenBitAndBlackAndWhiteImages() throws IOException {
        BufferedImage deep = new BufferedImage(3, 2, BufferedImage.TYPE_USHORT_GRAY);
        deep.getRaster().setSample(1, 0, 0, 0x80ff);
        assertThat(grey.read(write(deep, "png")).get(0).values()).containsExactly(0, 128, 0, 0, 0, 0);

        BufferedImage binary = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_BINARY);
        binary.getRaster().setSample(2, 1, 0, 1);
        assertThat(grey.read(write(binary, "png")).get(0).values()).containsExactly(0, 0, 0, 0, 0, 255);
    }

    @Test
    void readsColoursAsChannelsOrAsLuma() throws IOException {
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0xff0000);
        image.setRGB(1, 0, 0x00ff00);
        image.setRGB(2, 0, 0x0000ff);
        image.setRGB(0, 1, 0x7f7f7f);
        Path file = write(image, "png");

        assertThat(grey.read(file).get(0).values()).containsExactly(76, 150, 29, 127, 0, 0);
        assertThat(new SampleReader(Shape.of(2, 3, 3), BYTES).read(file).get(0).values())
                .startsWith(255, 0, 0, 0, 255, 0, 0, 0, 255, 127, 127, 127);
    }

    @Test
    void readsJpegImages() throws IOException {
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 6; i++) {
            image.getRaster().setSample(i % 3, i / 3, 0, 200);
        }

        for (float value : grey.read(write(image, "jpg")).get(0).values()) {
            assertThat(value).isBetween(195f, 205f);
        }
    }

    @Test
    void refusesImagesOfAnotherSizeOrKind() throws IOException {
        Path large = write(new BufferedImage(4, 2, BufferedImage.TYPE_BYTE_GRAY), "png");
        Expect.invalidInput(() -> grey.read(large))
                .isEqualTo("own.png is 4x2 pixels, the model takes 3x2: scale or crop it");
        Expect.invalidInput(() -> new SampleReader(Shape.of(6), BYTES).read(large))
                .contains("the model takes samples of shape [6] (give a CSV file)");

        Path clear = write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_ARGB), "png");
        Expect.invalidInput(() -> grey.read(clear)).startsWith("own.png has transparent pixels");

        Path junk = Files.write(folder.resolve("own.bin"), new byte[] {1, 0, 2, 0});
        Expect.invalidInput(() -> grey.read(junk))
                .isEqualTo("own.bin is neither a CSV file nor a PNG, BMP or JPEG image");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "bmp"})
    void refusesImagesThatLackPixels(String format) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 28 * 28; i++) {
            image.getRaster().setSample(i % 28, i / 28, 0, random.nextInt(256));
        }
        Path file = write(image, format);
        SampleReader reader = new SampleReader(Shape.of(28, 28, 1), BYTES);
        byte[] bytes = Files.readAllBytes(file);
        // Behind the pixels, a PNG has a few bytes that it can do without.
        for (int length = 200; length < bytes.length - 40; length += 7) {
            Files.write(file, Arrays.copyOf(bytes, length));
            Expect.invalidInput(() -> reader.read(file)).startsWith("own." + format + " ");
        }
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("own.csv"), text);
    }

    private Path write(BufferedImage image, String format) throws IOException {
        Path file = folder.resolve("own." + format);
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
        return file;
    }
}
