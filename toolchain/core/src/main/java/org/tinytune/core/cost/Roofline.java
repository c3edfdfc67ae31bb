package org.tinytune.core.cost;

import java.util.Optional;
import org.tinytune.core.board.Board;

/**
 * The two limits of a machine. Work takes at least as long as the slower of them asks for; which one that is depends on
 * its arithmetic intensity alone.
 *
 * <p>Source: Williams, Waterman and Patterson, "Roofline: An Insightful Visual Performance Model for Multicore
 * Architectures", Communications of the ACM 52(4), 2009; with multiply-accumulates for operations. Checked by:
 * RooflineTest.
 *
 * @param macsPerSecond multiply-accumulates at best, above 0
 * @param bytesPerSecond to and from memory at best, above 0
 */
public record Roofline(double macsPerSecond, double bytesPerSecond) {
    /** Of a board at the clock that its firmware sets; empty if its file does not state a peak. */
    public static Optional<Roofline> of(Board board) {
        double clockHz = board.mcu().clockHz();
        return board.peak().map(peak -> new Roofline(peak.macsPerCycle() * clockHz, peak.bytesPerCycle() * clockHz));
    }

    /**
     * The ridge point: the arithmetic intensity, in multiply-accumulates per byte, at which both limits are reached.
     */
    public double ridge() {
        return macsPerSecond / bytesPerSecond;
    }

    /** Which limit holds the work up; work without multiply-accumulates only moves bytes. */
    public Bound bound(Work work) {
        return work.macs() > 0 && work.macs() >= ridge() * work.bytes() ? Bound.COMPUTE : Bound.MEMORY;
    }

    /** The least time that the work takes, in microseconds. */
    public double leastMicros(Work work) {
        return 1e6 * Math.max(work.macs() / macsPerSecond, work.bytes() / bytesPerSecond);
    }
}
