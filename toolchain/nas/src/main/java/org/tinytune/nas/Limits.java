package org.tinytune.nas;

import java.util.OptionalLong;
import org.tinytune.core.DecimalText;
import org.tinytune.core.board.Board;

/**
 * What a model may use.
 *
 * @param ramBytes static data, arena and stack together
 * @param flashBytes code, tables and weights together
 * @param latencyMicros of one inference; empty for no limit
 * @param latencyProbability how sure it must be that the latency stays within, in [0.5, 1)
 */
public record Limits(long ramBytes, long flashBytes, OptionalLong latencyMicros, double latencyProbability) {
    /** How sure a search is by default that a chosen model keeps its latency limit. */
    public static final double DEFAULT_PROBABILITY = 0.9;

    /** All that the board has. */
    public static Limits of(Board board) {
        return new Limits(
                board.memory().ramBudgetBytes(),
                board.memory().flashBudgetBytes(),
                OptionalLong.empty(),
                DEFAULT_PROBABILITY);
    }

    /** All of them in one line. */
    String inWords() {
        return "RAM " + ramBytes + " B, flash " + flashBytes + " B"
                + (latencyMicros.isPresent()
                        ? ", latency " + latencyMicros.getAsLong() + " us with probability "
                                + DecimalText.of(latencyProbability)
                        : "");
    }

    /** The same, with less RAM where {@code bytes} is less than there is. */
    public Limits withRam(long bytes) {
        return new Limits(Math.min(ramBytes, bytes), flashBytes, latencyMicros, latencyProbability);
    }

    /** The same, with less flash where {@code bytes} is less than there is. */
    public Limits withFlash(long bytes) {
        return new Limits(ramBytes, Math.min(flashBytes, bytes), latencyMicros, latencyProbability);
    }

    /** The same, with a limit on latency. */
    public Limits withLatency(long micros) {
        return new Limits(ramBytes, flashBytes, OptionalLong.of(micros), latencyProbability);
    }
}
