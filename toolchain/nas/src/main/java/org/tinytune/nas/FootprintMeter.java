package org.tinytune.nas;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.tinytune.core.board.Board;
import org.tinytune.core.cost.LatencyModel;
import org.tinytune.core.cost.LatencyPrediction;
import org.tinytune.core.file.TemporaryFolder;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.plan.Planner;
import org.tinytune.runtimegen.CLibrary;
import org.tinytune.runtimegen.CLibraryGenerator;
import org.tinytune.runtimegen.CTarget;
import org.tinytune.runtimegen.CTargetCosts;
import org.tinytune.runtimegen.SizeEstimate;
import org.tinytune.runtimegen.firmware.FirmwareBuilder;
import org.tinytune.runtimegen.firmware.FirmwareOptions;
import org.tinytune.runtimegen.firmware.FirmwareSizes;

/**
 * Says what an INT8 model takes on a board: the planner lays out its arena, and the firmware is linked once to learn
 * the rest. Where the board's compiler is not installed, sizes are upper bounds.
 *
 * <p>Thread-safe. What was linked is remembered by the library's hash. Sizes follow from the structure but for a few
 * bytes, since the compiler knows the quantization parameters.
 */
public final class FootprintMeter {
    private final Board board;
    private final CTarget target;
    private final boolean linked;
    private final LatencyModel latencyModel;
    private final Map<String, FirmwareSizes> linkedSizes = new ConcurrentHashMap<>();

    /** Links firmware if the board's compiler is installed. */
    public FootprintMeter(Board board) {
        this(board, FirmwareBuilder.isAvailable(board));
    }

    /** @param linked whether to link firmware; otherwise sizes are upper bounds */
    public FootprintMeter(Board board, boolean linked) {
        this.board = board;
        this.target = CTarget.of(board.mcu());
        this.linked = linked;
        this.latencyModel = LatencyModel.of(board);
    }

    /** Whether firmware is linked to learn its sizes. */
    public boolean isLinked() {
        return linked;
    }

    /** Where sizes come from, in words. */
    public String sizesOrigin() {
        return linked ? "firmware linked by " + FirmwareBuilder.compiler(board) : "upper bounds";
    }

    /** The plan that the board's firmware follows. */
    public Plan plan(Graph int8Graph) {
        return Planner.plan(int8Graph, new CTargetCosts(target), target.alignment());
    }

    /** The C library that goes into the board's firmware. */
    public CLibrary library(Graph int8Graph) {
        return new CLibraryGenerator(target).generate(int8Graph, plan(int8Graph), CLibrary.FIRMWARE_PREFIX);
    }

    /** What the model takes. */
    public Footprint measure(Graph int8Graph) {
        Plan plan = plan(int8Graph);
        Sizes sizes = linked ? linked(int8Graph) : estimated(int8Graph, plan);
        LatencyPrediction latency = latencyModel.predict(int8Graph, plan);
        return new Footprint(
                plan.arenaBytes(),
                sizes.ramBytes(),
                sizes.flashBytes(),
                linked,
                latency,
                board.power().microjoules(latency.micros()),
                int8Graph.macs());
    }

    /** What both ways of knowing agree on. */
    private record Sizes(long ramBytes, long flashBytes) {}

    private Sizes linked(Graph int8Graph) {
        CLibrary library = library(int8Graph);
        FirmwareSizes sizes = linkedSizes.computeIfAbsent(library.hash(), hash -> link(library));
        return new Sizes(sizes.ramBytes(), sizes.flashBytes());
    }

    private Sizes estimated(Graph int8Graph, Plan plan) {
        SizeEstimate estimate = SizeEstimate.of(int8Graph, plan, board);
        return new Sizes(estimate.ramBytes(), estimate.flashBytes());
    }

    private FirmwareSizes link(CLibrary library) {
        try (TemporaryFolder folder = TemporaryFolder.create("fit")) {
            library.writeTo(folder.path());
            return FirmwareBuilder.measure(folder.path(), board, FirmwareOptions.of(board));
        }
    }
}
