package org.tinytune.device.profile;

import java.util.List;
import java.util.OptionalDouble;
import org.tinytune.core.board.Board;

/**
 * What a board answered to a series of samples, and what follows from it.
 *
 * <p>Under QEMU a tick is a fixed number of instructions, and cycles are instructions times the board's cycles per
 * instruction: an estimate. Elsewhere a tick is time, and under simavr a tick is a cycle.
 *
 * @param board where they ran
 * @param modelHash the model
 * @param inferences one a sample, in the samples' order; at least one
 * @param memory after the last sample, so that the stack is that of the worst one
 */
public record DeviceProfile(Board board, String modelHash, List<Inference> inferences, DeviceMemory memory) {

    /** @throws IllegalArgumentException if there is no inference */
    public DeviceProfile {
        if (inferences.isEmpty()) {
            throw new IllegalArgumentException("a profile needs at least one inference");
        }
        inferences = List.copyOf(inferences);
    }

    /** The mean over all inferences, in ticks of the firmware's clock. */
    public double meanTicks() {
        return inferences.stream().mapToLong(Inference::ticks).average().orElseThrow();
    }

    /** The slowest inference, in ticks of the firmware's clock. */
    public long maxTicks() {
        return inferences.stream().mapToLong(Inference::ticks).max().orElseThrow();
    }

    /** Mean instructions of an inference; empty where the emulator counts cycles, or where there is none. */
    public OptionalDouble instructions() {
        double instructionsPerTick = instructionsPerTick();
        return instructionsPerTick > 0 ? OptionalDouble.of(meanTicks() * instructionsPerTick) : OptionalDouble.empty();
    }

    /** By how many instructions or cycles a single measurement may be off, because the clock ticks no finer. */
    public double granularity() {
        double instructionsPerTick = instructionsPerTick();
        return instructionsPerTick > 0
                ? instructionsPerTick
                : (double) board.mcu().clockHz() / board.firmware().tickHz();
    }

    /** Mean cycles of an inference; an estimate where instructions are counted. */
    public double cycles() {
        OptionalDouble instructions = instructions();
        return instructions.isPresent()
                ? instructions.getAsDouble() * board.latency().cyclesPerInstruction()
                : meanTicks() * board.mcu().clockHz() / board.firmware().tickHz();
    }

    /** Mean latency of an inference. */
    public double latencyMicros() {
        return cycles() * 1e6 / board.mcu().clockHz();
    }

    /** Mean energy of an inference: supply voltage times active current times latency. */
    public double energyMicrojoules() {
        double milliwatts = board.power().supplyVolts() * board.power().activeMilliamps();
        return milliwatts * latencyMicros() / 1e3;
    }

    private double instructionsPerTick() {
        return board.emulator().map(Board.Emulator::instructionsPerTick).orElse(0.0);
    }
}
