package org.tinytune.data.recording;

import java.util.Optional;

/**
 * How recordings are cut into windows.
 *
 * @param length of a window; otherwise one second of sound, two of anything else, or the longest recording if none is
 *     as long
 * @param stride from the beginning of one window to that of the next; otherwise the length
 * @param padding of a recording that is shorter; otherwise sound is centred and anything else repeated, for zero is
 *     silence, but no acceleration that a hand ever felt
 */
public record WindowOptions(Optional<Span> length, Optional<Span> stride, Optional<Padding> padding) {}
