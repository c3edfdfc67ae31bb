package org.tinytune.data.recording;

import java.util.Locale;
import java.util.Optional;

/** The part of a data set to which its files say that a recording belongs. */
public enum DataPart {
    /** Train on it, or choose by it. */
    TRAINING,
    /** Only test with it. */
    TEST;

    /**
     * The part that people call so, in a folder's name or a column: a validation part is drawn by us, so is training.
     */
    public static Optional<DataPart> named(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "train", "training", "val", "valid", "validation", "dev" -> Optional.of(TRAINING);
            case "test", "testing" -> Optional.of(TEST);
            default -> Optional.empty();
        };
    }
}
