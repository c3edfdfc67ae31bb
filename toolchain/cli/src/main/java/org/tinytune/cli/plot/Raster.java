package org.tinytune.cli.plot;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** An image of colored squares. */
final class Raster {
    /** Squares are drawn as large as this makes the longer side, so that no viewer blurs them. */
    private static final int SIDE = 192;

    private final BufferedImage image;

    /** The color of a square, 0xRRGGBB. */
    @FunctionalInterface
    interface Colors {
        int at(int x, int y);
    }

    private Raster(BufferedImage image) {
        this.image = image;
    }

    /** Of so many squares. */
    static Raster of(int width, int height, Colors colors) {
        int times = Math.max(1, SIDE / Math.max(width, height));
        BufferedImage image = new BufferedImage(times * width, times * height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, colors.at(x / times, y / times));
            }
        }
        return new Raster(image);
    }

    /** The image as a PNG file within a URI. */
    String dataUri() {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png(image));
    }

    /** An image as a PNG file. */
    static byte[] png(BufferedImage image) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(image, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
