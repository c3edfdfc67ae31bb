package org.tinytune.data.recording;

import java.util.Locale;

/** How a recording that is shorter than a window fills it. */
public enum Padding {
    /** It is in the middle, with zeros around it. */
    CENTRE {
        @Override
        int source(int at, int frames, int window) {
            int moved = at - (window - frames) / 2;
            return moved < frames ? moved : -1;
        }
    },
    /** It is at the beginning, with zeros behind it. */
    ZERO {
        @Override
        int source(int at, int frames, int window) {
            return at < frames ? at : -1;
        }
    },
    /** It begins again and again. */
    REPEAT {
        @Override
        int source(int at, int frames, int window) {
            return at % frames;
        }
    };

    /**
     * The frame of the recording that is at a place of the window; below 0 if there is none.
     *
     * @param frames of the recording, below {@code window}
     */
    abstract int source(int at, int frames, int window);

    /** As options write it. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a padding.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Padding parse(String text) {
        for (Padding padding : values()) {
            if (padding.id().equalsIgnoreCase(text)) {
                return padding;
            }
        }
        throw new IllegalArgumentException("is none of centre, zero, repeat");
    }
}
