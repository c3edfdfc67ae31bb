package org.tinytune.cli.profile;

import java.util.Optional;
import java.util.OptionalLong;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.device.profile.DeviceProfile;
import org.tinytune.device.profile.Inference;
import org.tinytune.runtimegen.firmware.FirmwareSizes;

/**
 * What a model takes on a board, measured there. The names are those of the JSON report.
 *
 * @param board its id
 * @param modelHash of the model in the firmware
 * @param inferences that were run
 * @param latencyMicros of one inference, the median
 * @param worstLatencyMicros of the slowest inference
 * @param clockHz that cycles are turned into time with
 * @param cycles of one inference, the median; an estimate where instructions are counted
 * @param instructions of one inference, the median; empty where cycles are counted
 * @param cyclesPerInstruction that instructions are turned into cycles with; 1 where cycles are counted
 * @param cyclesPerInstructionSource where that number comes from
 * @param arenaBytes the model's arena
 * @param staticBytes all static data, the arena included
 * @param stackBytes the most stack that any inference used, by the paint that was overwritten
 * @param stackBoundBytes what no run can exceed
 * @param ramBytes static data and stack used
 * @param ramBudgetBytes of the board
 * @param flashBytes of the linked firmware
 * @param flashBudgetBytes of the board
 * @param energyMicrojoules of one inference, an estimate: supply voltage times active current times median latency
 * @param powerSource where voltage and current come from
 * @param comparedBytes output bytes that were compared with the simulator's
 * @param differingBytes how many of them differ
 * @param firstDifference the first one that does
 */
public record ModelProfile(
        String board,
        String modelHash,
        int inferences,
        double latencyMicros,
        double worstLatencyMicros,
        long clockHz,
        long cycles,
        OptionalLong instructions,
        double cyclesPerInstruction,
        String cyclesPerInstructionSource,
        long arenaBytes,
        long staticBytes,
        long stackBytes,
        long stackBoundBytes,
        long ramBytes,
        long ramBudgetBytes,
        long flashBytes,
        long flashBudgetBytes,
        double energyMicrojoules,
        String powerSource,
        long comparedBytes,
        long differingBytes,
        Optional<OutputComparison.Difference> firstDifference) {

    /** Puts together what the board, the linker and the comparison say. */
    static ModelProfile of(DeviceProfile device, FirmwareSizes sizes, OutputComparison comparison) {
        Board board = device.board();
        Board.Latency latency = board.latency();
        Clock clock = Clock.of(board);
        double medianTicks = medianTicks(device);
        double medianMicros = clock.micros(medianTicks);
        return new ModelProfile(
                board.id(),
                device.modelHash(),
                device.inferences().size(),
                medianMicros,
                clock.micros(device.maxTicks()),
                board.mcu().clockHz(),
                Math.round(clock.cycles(medianTicks)),
                clock.countsInstructions()
                        ? OptionalLong.of(Math.round(clock.instructions(medianTicks)))
                        : OptionalLong.empty(),
                clock.countsInstructions() ? latency.cyclesPerInstruction() : 1,
                latency.cyclesPerInstructionSource(),
                device.memory().arenaBytes(),
                device.memory().staticBytes(),
                device.memory().stackBytes(),
                sizes.stackBytes(),
                device.memory().ramBytes(),
                board.memory().ramBudgetBytes(),
                sizes.flashBytes(),
                board.memory().flashBudgetBytes(),
                board.power().supplyVolts() * board.power().activeMilliamps() * medianMicros / 1e3,
                board.power().source(),
                comparison.bytes(),
                comparison.differingBytes(),
                comparison.first());
    }

    /** What a tick of the firmware's clock stands for. */
    private record Clock(double instructionsPerTick, double cyclesPerTick, double clockHz) {
        static Clock of(Board board) {
            double clockHz = board.mcu().clockHz();
            double instructionsPerTick =
                    board.emulator().map(Board.Emulator::instructionsPerTick).orElse(0.0);
            return instructionsPerTick > 0
                    ? new Clock(
                            instructionsPerTick,
                            instructionsPerTick * board.latency().cyclesPerInstruction(),
                            clockHz)
                    : new Clock(0, clockHz / board.firmware().tickHz(), clockHz);
        }

        boolean countsInstructions() {
            return instructionsPerTick > 0;
        }

        double instructions(double ticks) {
            return ticks * instructionsPerTick;
        }

        double cycles(double ticks) {
            return ticks * cyclesPerTick;
        }

        double micros(double ticks) {
            return cycles(ticks) * 1e6 / clockHz;
        }
    }

    private static double medianTicks(DeviceProfile device) {
        long[] ticks = device.inferences().stream()
                .mapToLong(Inference::ticks)
                .sorted()
                .toArray();
        return (ticks[(ticks.length - 1) / 2] + ticks[ticks.length / 2]) / 2.0;
    }

    /**
     * Checks that the board computed what the simulator does.
     *
     * @throws TinytuneException with {@link ExitCode#MISMATCH} and the first byte that differs
     */
    public void requireEqual() {
        firstDifference.ifPresent(first -> {
            throw new TinytuneException(
                    ExitCode.MISMATCH,
                    board + " and the simulator differ in " + differingBytes + " of " + comparedBytes
                            + " output bytes, first in byte " + first.offset() + " of sample " + first.sample() + ": "
                            + first.device() + " instead of " + first.simulator()
                            + " (flash and profile again; if it stays, it is a bug: report it with the model)");
        });
    }
}
