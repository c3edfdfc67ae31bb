package org.tinytune.data.augmentation;

import org.tinytune.core.tensor.Shape;

/** What image augmentations share. */
final class Images {
    private Images() {}

    /** Fails unless the shape is that of an image. */
    static void require(Shape shape) {
        if (shape.rank() != 3) {
            throw new IllegalArgumentException("an image is [H, W, C], not " + shape);
        }
    }
}
