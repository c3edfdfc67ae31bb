package org.tinytune.nas;

import java.util.Optional;
import org.tinytune.core.op.resizearea.ResizeAreaParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Samples;
import org.tinytune.data.feature.NetworkInput;
import org.tinytune.search.space.IntDistribution;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.space.SearchSpace;

/**
 * How small a network may see the images of a camera, whether all of them or their middle, and whether in colours. The
 * least values make the least images.
 */
final class ImageSpace {
    private static final String SIDE = "image_side";
    private static final String WHOLE = "whole_image";
    private static final String COLOURS = "colours";

    /** A smaller side than this is seen as it is. */
    private static final int LEAST_SIDE = 32;

    private static final int STEPS = 6;
    private static final int COLOUR_CHANNELS = 3;

    private final Shape image;

    private ImageSpace(Shape image) {
        this.image = image;
    }

    /** The space for samples; empty if they are no images of bytes, or small. */
    static Optional<ImageSpace> of(Samples samples) {
        Shape shape = samples.shape();
        boolean large = NetworkInput.areImages(samples) && Math.min(shape.dim(0), shape.dim(1)) >= LEAST_SIDE;
        return large ? Optional.of(new ImageSpace(shape)) : Optional.empty();
    }

    private int side() {
        return Math.min(image.dim(0), image.dim(1));
    }

    /**
     * Adds to what the smaller side of the whole image is scaled, from a quarter of it to all of it, whether its border
     * is seen, and its colours.
     */
    void addTo(SearchSpace.Builder space) {
        int step = Math.max(1, side() * 3 / 4 / STEPS);
        space.add(SIDE, IntDistribution.stepped(side() - STEPS * step, side(), step));
        space.add(WHOLE, IntDistribution.uniform(0, 1));
        if (image.dim(2) == COLOUR_CHANNELS) {
            space.add(COLOURS, IntDistribution.uniform(0, 1));
        }
    }

    /** What makes images smaller; empty if they are seen as they are. */
    Optional<ResizeAreaParams> resize(Parameters parameters) {
        int side = parameters.getInt(SIDE);
        boolean whole = parameters.getInt(WHOLE) == 1;
        boolean grey = parameters.has(COLOURS) && parameters.getInt(COLOURS) == 0;
        if (whole && side == side() && !grey) {
            return Optional.empty();
        }
        int height = whole ? image.dim(0) : middle();
        int width = whole ? image.dim(1) : middle();
        return Optional.of(new ResizeAreaParams(
                (image.dim(0) - height) / 2,
                (image.dim(1) - width) / 2,
                height,
                width,
                scaled(height, side),
                scaled(width, side),
                grey));
    }

    /** The side of the square in the middle: as large as it can be, but three quarters of a square image's. */
    private int middle() {
        return image.dim(0) == image.dim(1) ? side() * 3 / 4 : side();
    }

    private int scaled(int extent, int side) {
        return (int) ((2L * extent * side + side()) / (2L * side()));
    }
}
