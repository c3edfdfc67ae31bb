package org.tinytune.cli;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.tinytune.cli.model.BoardOption;
import org.tinytune.cli.output.Output;
import org.tinytune.cli.output.ProgressLine;
import org.tinytune.cli.profile.Calibration;
import org.tinytune.cli.profile.PortOption;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.core.cost.LatencyCalibration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures what a board takes for the operators, and prints it as its file wants it. */
@Command(
        name = "calibrate",
        description =
                "Measure random networks and blocks before them on a board, and print the latency coefficients for"
                        + " its file in boards/.")
final class CalibrateCommand implements Callable<Integer> {
    private static final int DEFAULT_NETWORKS = 90;
    private static final int LEAST_NETWORKS = 60;

    /** Graphs of each block before a network: twice as many as it has coefficients. */
    private static final int BLOCKS_EACH = 16;

    @Mixin
    private BoardOption board;

    @Mixin
    private PortOption port;

    @Option(
            names = "--networks",
            paramLabel = "N",
            description = "How many networks to measure (default: " + DEFAULT_NETWORKS + ").")
    private int networks = DEFAULT_NETWORKS;

    @Option(names = "--seed", paramLabel = "S", description = "Of the networks (default: 1).")
    private long seed = 1;

    @Mixin
    private Output output;

    /** As JSON shows it. */
    private record Report(
            String board,
            int networks,
            double relativeError,
            double blockRelativeError,
            double cyclesPerInvoke,
            Map<String, Double> cyclesPerMac,
            Map<String, Double> cyclesPerElement,
            Map<String, Double> cyclesPerWindow,
            Map<String, Double> cyclesPerWindowElement) {}

    @Override
    public Integer call() {
        if (networks < LEAST_NETWORKS) {
            throw new TinytuneException(
                    ExitCode.USAGE, "--networks " + networks + ": at least " + LEAST_NETWORKS + " are needed");
        }
        Board on = board.board();
        Calibration.Measured measured;
        try (ProgressLine progress = new ProgressLine()) {
            measured = Calibration.measure(on, port.target(), networks, BLOCKS_EACH, seed, progress);
        }
        LatencyCalibration fitted = LatencyCalibration.of(measured.networks()).withBlocks(measured.blocks());
        Report report = new Report(
                on.id(),
                networks,
                fitted.relativeError(),
                fitted.blockRelativeError(),
                fitted.cyclesPerInvoke(),
                fitted.cyclesPerMac(),
                fitted.cyclesPerElement(),
                fitted.cyclesPerWindow(),
                fitted.cyclesPerWindowElement());
        output.print(report, () -> toml(report));
        return ExitCode.OK.code();
    }

    private String toml(Report report) {
        return String.format(
                Locale.ROOT,
                "source = \"measured on %d random networks and %d of each block: tinytune calibrate --board %s%s\"%n"
                        + "relative_error = %.3f%nblock_relative_error = %.3f%ncycles_per_invoke = %.1f%n"
                        + "cycles_per_mac = { %s }%ncycles_per_element = { %s }%n"
                        + "cycles_per_window = { %s }%ncycles_per_window_element = { %s }%n",
                report.networks,
                BLOCKS_EACH,
                report.board,
                seed == 1 ? "" : " --seed " + seed,
                report.relativeError,
                report.blockRelativeError,
                report.cyclesPerInvoke,
                entries(report.cyclesPerMac),
                entries(report.cyclesPerElement),
                entries(report.cyclesPerWindow),
                entries(report.cyclesPerWindowElement));
    }

    private static String entries(Map<String, Double> cycles) {
        return cycles.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%s = %.2f", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
