package org.tinytune.nas;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.tinytune.core.board.Board;
import org.tinytune.core.channel.ConstantChannels;
import org.tinytune.core.cost.LatencyModel;
import org.tinytune.core.cost.LatencyPrediction;
import org.tinytune.core.file.TemporaryFolder;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.runtimegen.BoardPlan;
import org.tinytune.runtimegen.CLibrary;
import org.tinytune.runtimegen.SizeEstimate;
import org.tinytune.runtimegen.firmware.FirmwareBuilder;
import org.tinytune.runtimegen.firmware.FirmwareOptions;
import org.tinytune.runtimegen.firmware.FirmwareSizes;

/**
 * Says what an INT8 model takes on a board: the planner lays out its arena, and the firmware is linked once to learn
 * the rest. Where the board's compiler is not installed, sizes are upper bounds.
 *
 * <p>Thread-safe. What was linked is remembered by the library's hash. Sizes follow from the structure but for a few
 * bytes, since the compiler knows the quantization parameters; channels that are always the same make them smaller.
 */
public final class FootprintMeter {
    private final Board board;
    private final boolean linked;
    private final long maxRamBytes;
    private final LatencyModel latencyModel;
    private final Map<String, FirmwareSizes> linkedSizes = new ConcurrentHashMap<>();

    /** Links firmware if the board's compiler is installed. */
    public FootprintMeter(Board board) {
        this(board, FirmwareBuilder.isAvailable(board));
    }

    /** @param linked whether to link firmware; otherwise sizes are upper bounds */
    public FootprintMeter(Board board, boolean linked) {
        this(board, linked, board.memory().ramBudgetBytes());
    }

    private FootprintMeter(Board board, boolean linked, long maxRamBytes) {
        this.board = board;
        this.linked = linked;
        this.maxRamBytes = maxRamBytes;
        this.latencyModel = LatencyModel.of(board);
    }

    /** One of the same kind whose models are planned for so much RAM, where that is less than here. */
    public FootprintMeter withinRam(long bytes) {
        return bytes < maxRamBytes ? new FootprintMeter(board, linked, bytes) : this;
    }

    /** Whether firmware is linked to learn its sizes. */
    public boolean isLinked() {
        return linked;
    }

    /** Where sizes come from, in words. */
    public String sizesOrigin() {
        return linked ? "firmware linked by " + FirmwareBuilder.compiler(board) : "upper bounds";
    }

    /** The plan that the board's firmware follows, of the graph without channels that are always the same. */
    public BoardPlan plan(Graph int8Graph) {
        return BoardPlan.of(FrontEnd.withFeaturesShown(ConstantChannels.leftOut(int8Graph)), board, maxRamBytes);
    }

    /**
     * The model, with its kernels kept in it if it had to make do with slower ones for a limit that is below the
     * board's RAM: otherwise whoever builds it for the board would take more than the limit.
     */
    public Graph withKernels(Graph int8Graph) {
        BoardPlan plan = plan(int8Graph);
        boolean stays =
                plan.concessions().isEmpty() || maxRamBytes == board.memory().ramBudgetBytes();
        return stays ? int8Graph : int8Graph.withMetadata(plan.kernels().storedIn(int8Graph.metadata(), plan.target()));
    }

    /** The C library that goes into the board's firmware. */
    public CLibrary library(Graph int8Graph) {
        return plan(int8Graph).library(CLibrary.FIRMWARE_PREFIX);
    }

    /** What the model takes. */
    public Footprint measure(Graph int8Graph) {
        return measure(plan(int8Graph));
    }

    /** What a model takes that is planned for the board. */
    public Footprint measure(BoardPlan plan) {
        Sizes sizes = linked ? linked(plan) : estimated(plan);
        LatencyPrediction latency = latencyModel.predict(plan.graph(), plan.plan());
        return new Footprint(
                plan.plan().arenaBytes(),
                sizes.ramBytes(),
                sizes.flashBytes(),
                linked,
                latency,
                board.power().microjoules(latency.micros()),
                plan.graph().macs());
    }

    /** What both ways of knowing agree on. */
    private record Sizes(long ramBytes, long flashBytes) {}

    private Sizes linked(BoardPlan plan) {
        CLibrary library = plan.library(CLibrary.FIRMWARE_PREFIX);
        FirmwareSizes sizes = linkedSizes.computeIfAbsent(library.hash(), hash -> link(library));
        return new Sizes(sizes.ramBytes(), sizes.flashBytes());
    }

    private Sizes estimated(BoardPlan plan) {
        SizeEstimate estimate = SizeEstimate.of(plan.graph(), plan.plan(), board);
        return new Sizes(estimate.ramBytes(), estimate.flashBytes());
    }

    private FirmwareSizes link(CLibrary library) {
        try (TemporaryFolder folder = TemporaryFolder.create("fit")) {
            library.writeTo(folder.path());
            return FirmwareBuilder.measure(folder.path(), board, FirmwareOptions.of(board));
        }
    }
}
