package org.tinytune.cli.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tinytune.data.Dataset;
import org.tinytune.data.reader.DataSets;
import org.tinytune.data.reader.ReadOptions;
import org.xml.sax.InputSource;

class DataPlotTest {
    private static final Pattern SVG = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL);

    @TempDir
    private Path folder;

    /** Three recordings of 64 readings of each label. */
    private Dataset series(String... labels) throws IOException {
        SplittableRandom random = new SplittableRandom(2);
        for (int label = 0; label < labels.length; label++) {
            for (int file = 0; file < 3; file++) {
                StringBuilder rows = new StringBuilder("time_ms,x,y\n");
                for (int i = 0; i < 64; i++) {
                    rows.append(String.format(Locale.ROOT, "%d,%.3f,%d%n", 20 * i, random.nextDouble(), label));
                }
                Path to = Files.createDirectories(folder.resolve(labels[label])).resolve(file + ".csv");
                Files.writeString(to, rows);
            }
        }
        return DataSets.load(folder, ReadOptions.NONE);
    }

    private Dataset table(String header, int classes, int rows) throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        StringBuilder text = new StringBuilder(header + "\n");
        for (int i = 0; i < rows; i++) {
            text.append(String.format(
                    Locale.ROOT, "%.4f,%d,class %d%n", random.nextDouble(), 1000 * random.nextInt(9), i % classes));
        }
        return DataSets.load(Files.writeString(folder.resolve("table.csv"), text), ReadOptions.NONE);
    }

    private static void assertWellFormed(String html) throws Exception {
        Matcher drawn = SVG.matcher(html);
        int count = 0;
        while (drawn.find()) {
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(drawn.group())));
            count++;
        }
        assertThat(count).isPositive();
        assertThat(html).doesNotContain("NaN").doesNotContain("Infinity").doesNotContainPattern("https?://(?!www.w3)");
    }

    private static BufferedImage image(DataPlot plot) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(plot.png()));
    }

    @Test
    void drawsRecordings() throws Exception {
        Dataset dataset = series("wave & <rest>", "rest");

        String html = DataPlot.of(dataset, List.of(), 2, 1).html();

        assertWellFormed(html);
        assertThat(html)
                .contains(
                        "wave &amp; &lt;rest&gt;", "SPECTROGRAM", "time (s)", "frequency (Hz)", "prefers-color-scheme")
                .doesNotContain("<rest>");
        assertThat(image(DataPlot.of(dataset, List.of(), 2, 1)).getWidth()).isEqualTo(2 * 1088);
    }

    @Test
    void theSameSeedDrawsTheSame() throws Exception {
        Dataset dataset = series("a", "b");

        String html = DataPlot.of(dataset, List.of(), 1, 1).html();

        assertThat(DataPlot.of(dataset, List.of(), 1, 1).html()).isEqualTo(html);
        assertThat(DataPlot.of(dataset, List.of(), 1, 5).html()).isNotEqualTo(html);
        assertThat(PlotClass.of(dataset, List.of("b"), 1, 1).get(0).chosen())
                .isEqualTo(PlotClass.of(dataset, List.of(), 1, 1).get(1).chosen());
    }

    @Test
    void drawsColumnsOfATable() throws Exception {
        Dataset dataset = table("a,b,label", 50, 300);

        DataPlot plot = DataPlot.of(dataset, List.of(), 3, 1);

        assertWellFormed(plot.html());
        assertThat(plot.html()).contains("feature 2", "class 49");
        assertThat(image(plot).getHeight()).isGreaterThan(2 * 50 * 20);
    }

    @Test
    void drawsChosenClassesOnly() throws Exception {
        DataPlot plot = DataPlot.of(table("a,b,label", 3, 30), List.of("class 1"), 3, 1);

        assertThat(plot.labels()).containsExactly("class 1");
        assertThat(plot.html()).contains("class 1").doesNotContain("class 2");
    }

    @Test
    void saysHowManyClassesAreTooMany() throws Exception {
        DataPlot plot = DataPlot.of(table("a,b,label", 70, 280), List.of(), 3, 1);

        assertThat(plot.labels()).hasSize(DataPlot.MAX_CLASSES);
        assertThat(plot.hiddenClasses()).isEqualTo(10);
    }

    @Test
    void drawsImagesOfAnySize() throws Exception {
        for (int[] size : new int[][] {{8, 8}, {3, 200}, {300, 2}}) {
            Path images = Files.createDirectories(folder.resolve(size[0] + "x" + size[1]));
            for (int i = 0; i < 6; i++) {
                BufferedImage image = new BufferedImage(size[0], size[1], BufferedImage.TYPE_INT_RGB);
                image.setRGB(i % size[0], i % size[1], 0x30f0a0);
                Path label = Files.createDirectories(images.resolve(i % 2 == 0 ? "even" : "odd"));
                ImageIO.write(image, "png", label.resolve(i + ".png").toFile());
            }
            DataPlot plot = DataPlot.of(DataSets.load(images, ReadOptions.NONE), List.of(), 9, 1);

            assertWellFormed(plot.html());
            assertThat(image(plot).getWidth()).isEqualTo(2 * 1088);
        }
    }

    /** In a picture file, colors are no names. */
    @Test
    void aPictureFileIsInColor() throws Exception {
        BufferedImage image = image(DataPlot.of(series("a", "b"), List.of(), 1, 1));

        boolean blue = false;
        for (int y = 0; y < image.getHeight() && !blue; y++) {
            for (int x = 0; x < image.getWidth() && !blue; x++) {
                blue = (image.getRGB(x, y) & 0xffffff) == 0x0072b2;
            }
        }
        assertThat(blue).isTrue();
        assertThat(image.getRGB(0, 0) & 0xffffff).isEqualTo(0xffffff);
    }
}
