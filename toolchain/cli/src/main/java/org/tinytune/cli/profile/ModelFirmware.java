package org.tinytune.cli.profile;

import java.nio.file.Path;
import java.util.function.Function;
import org.tinytune.cli.model.TargetPlan;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.core.file.TemporaryFolder;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.plan.Plan;
import org.tinytune.runtimegen.CLibrary;
import org.tinytune.runtimegen.firmware.Firmware;
import org.tinytune.runtimegen.firmware.FirmwareBuilder;
import org.tinytune.runtimegen.firmware.FirmwareOptions;
import org.tinytune.runtimegen.firmware.FirmwareSizes;

/**
 * A model's firmware for a board.
 *
 * @param int8 the graph that it computes
 * @param plan that it follows
 * @param modelHash that it tells its host
 * @param files the linked files and their sizes
 */
public record ModelFirmware(Graph int8, Plan plan, String modelHash, Firmware files) {
    /** The firmware's protocol includes {@code model.h}. */
    private static final String PREFIX = "model";

    /**
     * Builds a firmware that fits. Without one, no file is written.
     *
     * @param elf where the ELF file goes; the Intel HEX file is written beside it
     * @throws InvalidModelException if it has several inputs or outputs
     * @throws TinytuneException with {@link org.tinytune.core.ExitCode#DOES_NOT_FIT} and the bytes that it is over if
     *     it does not fit the board, with {@link org.tinytune.core.ExitCode#TOOL_MISSING} if the board's compiler is
     *     not installed
     */
    public static ModelFirmware build(Graph int8, Board board, Path elf) {
        if (int8.inputs().size() != 1 || int8.outputs().size() != 1) {
            throw new InvalidModelException("the firmware feeds one input and tells one output, the model has "
                    + int8.inputs().size() + " and " + int8.outputs().size());
        }
        return inTemporaryFolder(folder -> {
            TargetPlan plan = TargetPlan.of(int8, board).requireRoom(board);
            CLibrary library = plan.library(PREFIX);
            library.writeTo(folder);
            Firmware files = FirmwareBuilder.buildFitting(folder, board, FirmwareOptions.of(board), elf);
            return new ModelFirmware(plan.int8(), plan.plan(), library.hash(), files);
        });
    }

    /**
     * What a model's firmware takes, whether or not it fits the board.
     *
     * @throws TinytuneException with {@link org.tinytune.core.ExitCode#TOOL_MISSING} if the board's compiler is not
     *     installed
     */
    public static FirmwareSizes measure(Graph int8, Board board) {
        return inTemporaryFolder(folder -> {
            TargetPlan.of(int8, board).library(PREFIX).writeTo(folder);
            return FirmwareBuilder.measure(folder, board, FirmwareOptions.of(board));
        });
    }

    /**
     * Builds a firmware that fits, in a folder that is gone afterwards.
     *
     * @param use what is done with the firmware meanwhile
     */
    static <T> T build(Graph int8, Board board, Function<ModelFirmware, T> use) {
        return inTemporaryFolder(folder -> use.apply(build(int8, board, folder.resolve("firmware.elf"))));
    }

    private static <T> T inTemporaryFolder(Function<Path, T> work) {
        try (TemporaryFolder folder = TemporaryFolder.create("model")) {
            return work.apply(folder.path());
        }
    }
}
