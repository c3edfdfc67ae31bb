package org.tinytune.data.reader;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.tensor.Shape;

/** A PNG, BMP or JPEG file (or any other that the Java platform reads) as values in [0, 255]. */
final class ImageFile {
    /** More than an uncompressed image of the largest useful size takes. */
    private static final int MAX_FILE_BYTES = 1 << 26;

    private ImageFile() {}

    /**
     * Reads an image whose size is that of the shape. The size is checked before pixels are decoded.
     *
     * @param shape {@code [H, W, 1]}: the luma of each pixel; or {@code [H, W, 3]}: red, green and blue
     */
    static float[] read(DataFile file, Shape shape) {
        if (shape.rank() != 3 || (shape.dim(2) != 1 && shape.dim(2) != 3)) {
            throw file.invalid(" is an image, but the model takes samples of shape " + shape + " (give a CSV file)");
        }
        try (InputStream bytes = file.open();
                ImageInputStream in =
                        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes.readNBytes(MAX_FILE_BYTES)))) {
            return toFloats(file, decode(file, in, shape), shape);
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    /** The shape that an image has by itself: of one channel if it is grey, otherwise of three. */
    static Shape shape(DataFile file) {
        try (InputStream bytes = file.open();
                ImageInputStream in =
                        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes.readNBytes(MAX_FILE_BYTES)))) {
            ImageReader reader = reader(file, in);
            try {
                reader.setInput(in, true, true);
                Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
                boolean grey = types.hasNext() && isGrey(types.next().getColorModel());
                return Shape.of(reader.getHeight(0), reader.getWidth(0), grey ? 1 : 3);
            } catch (IndexOutOfBoundsException | IllegalArgumentException | NegativeArraySizeException e) {
                throw damaged(file, e.getMessage());
            } finally {
                reader.dispose();
            }
        } catch (IOException e) {
            throw file.unreadable(e);
        }
    }

    /** A palette of nothing but grey, as BMP files have, is grey too. */
    private static boolean isGrey(ColorModel model) {
        if (!(model instanceof IndexColorModel palette)) {
            return model.getNumColorComponents() == 1;
        }
        for (int i = 0; i < palette.getMapSize(); i++) {
            if (palette.getRed(i) != palette.getGreen(i) || palette.getRed(i) != palette.getBlue(i)) {
                return false;
            }
        }
        return true;
    }

    private static ImageReader reader(DataFile file, ImageInputStream in) {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
        if (!readers.hasNext()) {
            throw file.invalid(" is neither a CSV file nor a PNG, BMP or JPEG image");
        }
        return readers.next();
    }

    private static BufferedImage decode(DataFile file, ImageInputStream in, Shape shape) throws IOException {
        ImageReader reader = reader(file, in);
        try {
            List<String> warnings = new ArrayList<>();
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            reader.setInput(in, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (height != shape.dim(0) || width != shape.dim(1)) {
                throw file.invalid(" is " + width + "x" + height + " pixels, the model takes " + shape.dim(1) + "x"
                        + shape.dim(0) + ": scale or crop it");
            }
            BufferedImage image = reader.read(0);
            if (!warnings.isEmpty()) { // a cut JPEG is no more than a warning, and is filled up with grey
                throw damaged(file, warnings.get(0));
            }
            return image;
        } catch (IndexOutOfBoundsException | IllegalArgumentException | NegativeArraySizeException e) {
            throw damaged(file, e.getMessage());
        } finally {
            reader.dispose();
        }
    }

    private static TinytuneException damaged(DataFile file, String why) {
        return file.invalid(" is a damaged image (" + why + ")");
    }

    private static float[] toFloats(DataFile file, BufferedImage image, Shape shape) {
        if (image.getColorModel().hasAlpha()) {
            checkOpaque(file, image);
        }
        int channels = shape.dim(2);
        boolean grey = image.getColorModel().getNumColorComponents() == 1;
        float[] values = new float[shape.elements()];
        for (int y = 0, v = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++, v += channels) {
                int rgb = grey ? 0x10101 * greySample(image.getRaster(), x, y) : image.getRGB(x, y);
                int r = rgb >> 16 & 0xff;
                int g = rgb >> 8 & 0xff;
                int b = rgb & 0xff;
                if (channels == 1) {
                    values[v] = luma(r, g, b);
                } else {
                    values[v] = r;
                    values[v + 1] = g;
                    values[v + 2] = b;
                }
            }
        }
        return values;
    }

    /** The stored byte: getRGB would convert it from linear light, which no data set of grey images means. */
    private static int greySample(Raster raster, int x, int y) {
        int bits = raster.getSampleModel().getSampleSize(0);
        int sample = raster.getSample(x, y, 0);
        return bits > 8 ? sample >> (bits - 8) : sample * 255 / ((1 << bits) - 1);
    }

    /**
     * The luma of a pixel, rounded. Its weights add up to 65536, so grey stays as it is.
     *
     * <p>Source: ITU-R BT.601, section 2.5.1: 0.299 R + 0.587 G + 0.114 B.
     */
    private static int luma(int r, int g, int b) {
        return (19595 * r + 38470 * g + 7471 * b + (1 << 15)) >> 16;
    }

    private static void checkOpaque(DataFile file, BufferedImage image) {
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if (image.getRGB(x, y) >>> 24 != 0xff) {
                    throw file.invalid(" has transparent pixels: flatten it onto the background that the model knows");
                }
            }
        }
    }
}
