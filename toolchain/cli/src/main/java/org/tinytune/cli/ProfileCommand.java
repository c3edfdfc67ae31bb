package org.tinytune.cli;

import static org.tinytune.cli.output.Table.left;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tinytune.cli.model.BoardOption;
import org.tinytune.cli.model.DataOptions;
import org.tinytune.cli.model.ModelArgument;
import org.tinytune.cli.model.SampleEncoder;
import org.tinytune.cli.model.SeededInputs;
import org.tinytune.cli.output.Output;
import org.tinytune.cli.output.ProgressLine;
import org.tinytune.cli.output.Quantities;
import org.tinytune.cli.output.Table;
import org.tinytune.cli.profile.ModelProfile;
import org.tinytune.cli.profile.ProfileParts;
import org.tinytune.cli.profile.ProfileRun;
import org.tinytune.cli.profile.ProfileSamples;
import org.tinytune.cli.profile.ProfileTarget;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.core.graph.Graph;
import org.tinytune.data.Dataset;
import org.tinytune.data.Samples;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a model on a board and says what it takes there, and whether it computes what the simulator does. */
@Command(
        name = "profile",
        description = "Run a model on a board: latency, RAM, flash, energy, and whether it computes as simulated.")
final class ProfileCommand implements Callable<Integer> {
    private static final int MAX_DEFAULT_SAMPLES = 100;
    private static final int MIN_DEFAULT_SAMPLES = 5;

    /** What an emulator runs within a minute: by default large models run fewer samples. */
    private static final long DEFAULT_MACS = 50_000_000;

    @Mixin
    private ModelArgument model;

    @Mixin
    private BoardOption board;

    @ArgGroup
    private Where where = new Where();

    /** One or none of the two. */
    private static final class Where {
        @Option(
                names = "--port",
                paramLabel = "P",
                description = "The board's serial port, as in /dev/ttyACM0 or COM3.")
        private String port;

        @Option(names = "--emulate", description = "Use an emulated board (the default for boards that have one).")
        private boolean emulate;
    }

    @Mixin
    private DataOptions data;

    @Option(
            names = "--samples",
            paramLabel = "N",
            description = "Test samples to run, spread evenly over all; without data, seeded noise (default: "
                    + MAX_DEFAULT_SAMPLES + ", fewer for models that take an emulator long).")
    private Integer samples;

    @Mixin
    private Output output;

    /** Input tensors, and in words what they are. */
    private record Inputs(List<byte[]> tensors, String origin) {}

    /** What JSON shows: the profile's own fields stand beside these. */
    private record Report(
            String model,
            String target,
            String inputs,
            @JsonUnwrapped ModelProfile profile,
            Optional<ProfileParts> parts) {}

    @Override
    public Integer call() {
        if (samples != null && samples < 1) {
            throw new TinytuneException(ExitCode.USAGE, "--samples " + samples + ": at least 1 is needed");
        }
        Board on = board.board();
        Graph graph = model.loadInt8();
        Report report;
        try (ProgressLine progress = new ProgressLine()) {
            Inputs inputs = inputs(graph, progress);
            ProfileTarget target = ProfileTarget.of(where.port);
            ProfileRun.WithParts run = ProfileRun.profileParts(graph, on, inputs.tensors(), target, progress);
            report = new Report(
                    model.path().toString(), describeTarget(on), inputs.origin(), run.profile(), run.parts());
        }
        output.print(report, () -> text(on, report));
        report.profile().requireEqual();
        return ExitCode.OK.code();
    }

    private String describeTarget(Board on) {
        return where.port != null
                ? where.port
                : on.emulator()
                        .map(emulator -> emulator.kind().name().toLowerCase(Locale.ROOT) + " " + emulator.machine())
                        .orElseThrow();
    }

    private Inputs inputs(Graph graph, ProgressLine progress) {
        long seed = data.seed(model.path());
        int wanted = samples == null
                ? ProfileSamples.affordable(graph, MIN_DEFAULT_SAMPLES, MAX_DEFAULT_SAMPLES, DEFAULT_MACS)
                : samples;
        Optional<Dataset> dataset = data.load(model.path(), graph, progress::note);
        if (dataset.isEmpty()) {
            return new Inputs(SeededInputs.of(graph, seed, wanted), wanted + " seeded inputs (seed " + seed + ")");
        }
        String name = "'" + dataset.get().card().name() + "'";
        SampleEncoder.of(graph).requireShape(name, dataset.get());
        Samples test = data.testSamples(model.path(), dataset.get(), progress::note);
        List<byte[]> tensors = ProfileSamples.inputs(graph, test, wanted);
        return new Inputs(tensors, tensors.size() + " of " + test.size() + " test samples of " + name);
    }

    private static String text(Board on, Report report) {
        ModelProfile profile = report.profile();
        Table table = new Table(left(on.id()), left(report.target())).row("inputs", report.inputs());
        latency(table, profile);
        report.parts().ifPresent(parts -> {
            table.row("  blocks", part(parts.frontEnd()) + " more");
            table.row("  network", part(parts.network()) + " alone");
        });
        return table.row(
                        "RAM",
                        Quantities.bytes(profile.ramBytes()) + " of " + Quantities.bytes(profile.ramBudgetBytes()))
                .row(
                        "  static data",
                        Quantities.bytes(profile.staticBytes()) + ", of it the arena "
                                + Quantities.bytes(profile.arenaBytes()))
                .row(
                        "  stack",
                        Quantities.bytes(profile.stackBytes()) + " used, never more than "
                                + Quantities.bytes(profile.stackBoundBytes()))
                .row(
                        "flash",
                        Quantities.bytes(profile.flashBytes()) + " of " + Quantities.bytes(profile.flashBudgetBytes()))
                .row("energy", Quantities.microjoules(profile.energyMicrojoules()) + ", an estimate")
                .row("", "(" + profile.powerSource() + ")")
                .row("outputs", outputs(profile))
                .text();
    }

    private static void latency(Table table, ModelProfile profile) {
        String latency = Quantities.duration(profile.latencyMicros()) + " median, "
                + Quantities.duration(profile.worstLatencyMicros()) + " worst";
        String cycles = Quantities.count(profile.cycles()) + " cycles at " + Quantities.megahertz(profile.clockHz());
        if (profile.instructions().isEmpty()) {
            table.row("latency", latency).row("", cycles);
            return;
        }
        table.row("latency", latency + ", an estimate")
                .row(
                        "",
                        Quantities.count(profile.instructions().getAsLong()) + " instructions, at "
                                + profile.cyclesPerInstruction() + " cycles each " + cycles)
                .row("", "(" + profile.cyclesPerInstructionSource() + ")");
    }

    private static String part(ProfileParts.Part part) {
        return String.format(
                Locale.ROOT,
                "%s (%.1f %%), %s cycles; RAM %s, flash %s",
                Quantities.duration(part.latencyMicros()),
                100 * part.share(),
                Quantities.count(part.cycles()),
                Quantities.bytes(part.ramBytes()),
                Quantities.bytes(part.flashBytes()));
    }

    private static String outputs(ModelProfile profile) {
        String compared = Quantities.count(profile.comparedBytes());
        return profile.differingBytes() == 0
                ? "all " + compared + " bytes equal the simulator's"
                : Quantities.count(profile.differingBytes()) + " of " + compared + " bytes differ from the simulator's";
    }
}
