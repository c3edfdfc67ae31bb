package org.tinytune.nas;

import java.util.Optional;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.op.resizearea.ResizeAreaParams;
import org.tinytune.core.tensor.Shape;
import org.tinytune.data.Samples;
import org.tinytune.data.ValueRange;
import org.tinytune.search.space.IntDistribution;
import org.tinytune.search.space.Parameters;
import org.tinytune.search.space.SearchSpace;

/**
 * How small a network may see the images of a camera, and whether in colours. The least values make the least images.
 */
final class ImageSpace {
    private static final String SIDE = "image_side";
    private static final String COLOURS = "colours";

    /** A smaller side than this is seen as it is. */
    private static final int LEAST_SIDE = 32;

    private static final int STEPS = 6;
    private static final int COLOUR_CHANNELS = 3;
    private static final ValueRange BYTES = new ValueRange(0, 255);

    private final Shape image;

    private ImageSpace(Shape image) {
        this.image = image;
    }

    /** The space for samples; empty if they are no images of bytes, or small. */
    static Optional<ImageSpace> of(Samples samples) {
        Shape shape = samples.shape();
        boolean isImage = shape.rank() == 3
                && samples.signal().isEmpty()
                && samples.declaredRange().equals(Optional.of(BYTES))
                && (shape.dim(2) == 1 || shape.dim(2) == COLOUR_CHANNELS)
                && Math.min(shape.dim(0), shape.dim(1)) >= LEAST_SIDE
                && Math.max(shape.dim(0), shape.dim(1)) <= ResizeAreaParams.MAX_EXTENT
                && (long) shape.dim(0) * shape.dim(1) <= FrontEnd.MAX_PIXELS;
        return isImage ? Optional.of(new ImageSpace(shape)) : Optional.empty();
    }

    private int side() {
        return Math.min(image.dim(0), image.dim(1));
    }

    /** Adds the smaller side of what the network sees, from a quarter of the image's to all of it, and its colours. */
    void addTo(SearchSpace.Builder space) {
        int step = Math.max(1, side() * 3 / 4 / STEPS);
        space.add(SIDE, IntDistribution.stepped(side() - STEPS * step, side(), step));
        if (image.dim(2) == COLOUR_CHANNELS) {
            space.add(COLOURS, IntDistribution.uniform(0, 1));
        }
    }

    /** What makes images smaller; empty if they are seen as they are. */
    Optional<ResizeAreaParams> resize(Parameters parameters) {
        int side = parameters.getInt(SIDE);
        boolean grey = parameters.has(COLOURS) && parameters.getInt(COLOURS) == 0;
        return side == side() && !grey
                ? Optional.empty()
                : Optional.of(ResizeAreaParams.whole(
                        image.dim(0), image.dim(1), scaled(image.dim(0), side), scaled(image.dim(1), side), grey));
    }

    private int scaled(int extent, int side) {
        return (int) ((2L * extent * side + side()) / (2L * side()));
    }
}
