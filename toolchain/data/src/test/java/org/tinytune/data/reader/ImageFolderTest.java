package org.tinytune.data.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Dataset;
import org.tinytune.data.ValueRange;

class ImageFolderTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp"})
    void aFolderOfGreyImagesHasOneChannel(String format) throws IOException {
        write("train/cat/a." + format, image(3, 2, BufferedImage.TYPE_BYTE_GRAY, 0x404040), format);
        write("test/dog/b." + format, image(3, 2, BufferedImage.TYPE_BYTE_GRAY, 0xffffff), format);

        Dataset data = DataSets.load(folder);

        assertThat(data.shape()).isEqualTo(Shape.of(2, 3, 1));
        assertThat(data.labels()).containsExactly("cat", "dog");
        assertThat(data.predefinedTest()).containsExactly(1);
        assertThat(data.storedBytes()).isEqualTo(12);
        assertThat(data.declaredRange()).contains(ValueRange.BYTES);
        assertThat(read(data, 1)).containsOnly(255);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp"})
    void colourInOneMakesThreeChannelsOfAll(String format) throws IOException {
        write("cat/a." + format, image(1, 1, BufferedImage.TYPE_INT_RGB, 0x102030), format);
        write("dog/b." + format, image(1, 1, BufferedImage.TYPE_BYTE_GRAY, 0xffffff), format);

        Dataset data = DataSets.load(folder);

        assertThat(data.shape()).isEqualTo(Shape.of(1, 1, 3));
        assertThat(read(data, 0)).containsExactly(0x10, 0x20, 0x30);
        assertThat(read(data, 1)).containsExactly(255, 255, 255);
    }

    @Test
    void aDescriptorMaySayAnotherRange() throws IOException {
        write("cat/a.png", image(1, 1, BufferedImage.TYPE_BYTE_GRAY, 0), "png");
        write("dog/b.png", image(1, 1, BufferedImage.TYPE_BYTE_GRAY, 0), "png");
        Files.writeString(folder.resolve("dataset.toml"), "value_range = [16, 235]\n");

        assertThat(DataSets.load(folder).declaredRange()).contains(new ValueRange(16, 235));
    }

    @Test
    void readsJpeg() throws IOException {
        write("cat/a.jpg", image(8, 8, BufferedImage.TYPE_INT_RGB, 0x808080), "jpg");
        write("dog/a.jpg", image(8, 8, BufferedImage.TYPE_INT_RGB, 0x808080), "jpg");

        assertThat(DataSets.load(folder).shape()).isEqualTo(Shape.of(8, 8, 3));
    }

    @Test
    void allImagesAreOfOneSize() throws IOException {
        write("cat/a.png", image(3, 2, BufferedImage.TYPE_BYTE_GRAY, 0), "png");
        write("dog/b.png", image(2, 2, BufferedImage.TYPE_BYTE_GRAY, 0), "png");

        Expect.invalidInput(() -> DataSets.load(folder))
                .isEqualTo(
                        "dog/b.png is 2x2 pixels, cat/a.png is 3x2: all images of a set must be of one size, scale or"
                                + " crop them");
    }

    private static BufferedImage image(int width, int height, int type, int rgb) {
        BufferedImage image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, rgb);
            }
        }
        return image;
    }

    private static float[] read(Dataset data, int sample) {
        float[] values = new float[data.shape().elements()];
        data.read(sample, values, 0);
        return values;
    }

    private void write(String name, BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        TestFiles.write(folder, name, bytes.toByteArray());
    }
}
