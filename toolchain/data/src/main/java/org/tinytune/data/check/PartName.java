package org.tinytune.data.check;

import java.util.Locale;

/** The part that a sample is in. */
public enum PartName {
    /** To learn from. */
    TRAINING,
    /** To choose by. */
    VALIDATION,
    /** Not seen before the end. */
    TEST,
    /** Left out, or nobody knows. */
    NONE;

    /** Whether a score is taken on it. */
    public boolean isHeldOut() {
        return this == VALIDATION || this == TEST;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
