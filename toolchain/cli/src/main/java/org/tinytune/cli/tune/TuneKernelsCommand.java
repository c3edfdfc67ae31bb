package org.tinytune.cli.tune;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.tinytune.cli.model.BoardOption;
import org.tinytune.cli.model.MemoryOptions;
import org.tinytune.cli.model.ModelArgument;
import org.tinytune.cli.model.SeededInputs;
import org.tinytune.cli.model.TargetPlan;
import org.tinytune.cli.output.Output;
import org.tinytune.cli.output.Progress;
import org.tinytune.cli.output.ProgressLine;
import org.tinytune.cli.profile.ModelFirmware;
import org.tinytune.cli.profile.ModelProfile;
import org.tinytune.cli.profile.PortOption;
import org.tinytune.cli.profile.ProfileRun;
import org.tinytune.cli.tune.KernelTuner.Size;
import org.tinytune.core.ExitCode;
import org.tinytune.core.board.Board;
import org.tinytune.core.graph.Graph;
import org.tinytune.nas.Limits;
import org.tinytune.runtimegen.BoardPlan;
import org.tinytune.runtimegen.CTarget;
import org.tinytune.runtimegen.KernelChoice;
import org.tinytune.runtimegen.firmware.FirmwareSizes;
import org.tinytune.tflite.ModelFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures which kernels serve a model best on a board, and keeps the choice with the model. */
@Command(
        name = "tune-kernels",
        description = "Measure the kernel variants of every layer on a board, and write the model with the fastest of"
                + " them chosen: whatever is built or exported from it for such a board uses them.")
public final class TuneKernelsCommand implements Callable<Integer> {
    private static final int INFERENCES = 3;

    @Mixin
    private ModelArgument model;

    @Mixin
    private BoardOption board;

    @Mixin
    private PortOption port;

    @Mixin
    private MemoryOptions memory;

    @Option(
            names = "--out",
            paramLabel = "F",
            required = true,
            description = "The .tflite file to write; it may be the model itself.")
    private Path out;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        Board on = board.board();
        CTarget target = CTarget.of(on.mcu());
        Graph graph = model.loadInt8();
        Limits memoryLimits = memory.limits(on);
        Size limits = new Size(memoryLimits.flashBytes(), memoryLimits.ramBytes());
        BoardPlan plan = TargetPlan.of(with(graph, KernelChoice.NONE, target), on, limits.ramBytes())
                .onBoard()
                .orElseThrow();
        List<KernelTuner.Layer> layers = KernelTuner.layers(plan.graph(), target);
        KernelTuner.Tuning tuning;
        try (ProgressLine progress = new ProgressLine()) {
            tuning = new KernelTuner(layers, new OnBoard(graph, on, target), limits).tune(plan.kernels(), progress);
        }
        ModelFiles.save(with(graph, tuning.best(), target), out);
        TuningReport report = TuningReport.of(model.path().toString(), on.id(), limits, layers, tuning, out.toString());
        output.print(report, report::text);
        return ExitCode.OK.code();
    }

    private static Graph with(Graph graph, KernelChoice choice, CTarget target) {
        return graph.withMetadata(choice.storedIn(graph.metadata(), target));
    }

    /** Firmware of the model on the board, or on an emulated one. */
    private final class OnBoard implements KernelTuner.Bench {
        private final Graph graph;
        private final Board on;
        private final CTarget target;
        private final List<byte[]> inputs;

        private OnBoard(Graph graph, Board on, CTarget target) {
            this.graph = graph;
            this.on = on;
            this.target = target;
            this.inputs = SeededInputs.of(graph, 1, INFERENCES);
        }

        @Override
        public Size size(KernelChoice choice) {
            FirmwareSizes sizes = ModelFirmware.measure(with(graph, choice, target), on);
            return new Size(sizes.flashBytes(), sizes.ramBytes());
        }

        @Override
        public KernelTuner.Cost measure(KernelChoice choice) {
            ModelProfile profile =
                    ProfileRun.profile(with(graph, choice, target), on, inputs, port.target(), Progress.NONE);
            profile.requireEqual();
            long ram = profile.staticBytes() + profile.stackBoundBytes();
            return new KernelTuner.Cost(profile.cycles(), new Size(profile.flashBytes(), ram));
        }
    }
}
