package org.tinytune.cli.search;

import java.util.Optional;

/**
 * How the chosen model ran on the board.
 *
 * @param status {@code ok} or {@code not run}
 * @param reason why it was not run, and what to do
 * @param latencyMicros of one inference, median over the samples
 * @param ramBytes static data and the deepest stack of all samples
 * @param stackBytes deepest stack of all samples
 * @param energyMicrojoules of one inference, estimate
 * @param inferences how many samples ran
 * @param differingBytes output bytes that differ from the simulator's
 */
record ProfileSummary(
        String status,
        Optional<String> reason,
        Optional<Double> latencyMicros,
        Optional<Long> ramBytes,
        Optional<Long> stackBytes,
        Optional<Double> energyMicrojoules,
        Optional<Integer> inferences,
        Optional<Long> differingBytes) {

    /** One line for people. */
    String line() {
        return reason.map(why -> "not run: " + why)
                .orElseGet(() -> inferences.orElseThrow() + " test samples on the emulated board, "
                        + differingBytes.orElseThrow() + " differing bytes, RAM in use " + ramBytes.orElseThrow()
                        + " B");
    }

    /** It was not run. */
    static ProfileSummary notRun(String reason) {
        return new ProfileSummary(
                "not run",
                Optional.of(reason),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
