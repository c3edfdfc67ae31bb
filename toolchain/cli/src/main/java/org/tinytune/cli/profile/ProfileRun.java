package org.tinytune.cli.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.tinytune.cli.output.Progress;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.op.FrontEnd;
import org.tinytune.core.sim.PreparedKernels;
import org.tinytune.core.sim.Simulator;
import org.tinytune.device.emulator.VirtualBoard;
import org.tinytune.device.flash.Flasher;
import org.tinytune.device.flash.IntelHex;
import org.tinytune.device.profile.DeviceProfile;
import org.tinytune.device.profile.DeviceProfiler;
import org.tinytune.device.profile.Inference;
import org.tinytune.device.serial.JsscSerialLink;
import org.tinytune.device.serial.SerialLink;

/**
 * Builds a model's firmware, brings it onto a board, runs samples there and compares every output byte with the
 * simulator's.
 *
 * <p>Emulated or not, a board that has a bootloader is flashed through it, and all answers come over a serial line. A
 * board without one has been started with its firmware.
 */
public final class ProfileRun {
    private final Graph int8;
    private final Board board;
    private final List<byte[]> inputs;
    private final Progress progress;

    private ProfileRun(Graph int8, Board board, List<byte[]> inputs, Progress progress) {
        this.int8 = int8;
        this.board = board;
        this.inputs = inputs;
        this.progress = progress;
    }

    /**
     * Profiles a model.
     *
     * @param int8 with one input and one output
     * @param inputs input tensors, one an inference, at least one
     * @param target where they are run
     * @param progress told of each step
     * @return what was measured; {@link ModelProfile#requireEqual} says whether the outputs are right
     * @throws TinytuneException with {@link ExitCode#TOOL_MISSING} if the board's compiler or emulator is not
     *     installed, with {@link ExitCode#DOES_NOT_FIT} if the firmware does not fit, with
     *     {@link ExitCode#DEVICE_NOT_FOUND} if nothing answers at the port, with {@link ExitCode#FLASH_FAILED} if the
     *     board cannot be flashed
     */
    public static ModelProfile profile(
            Graph int8, Board board, List<byte[]> inputs, ProfileTarget target, Progress progress) {
        ProfileRun run = new ProfileRun(int8, board, inputs, progress);
        if (target instanceof ProfileTarget.Port port) {
            // A port that is not there is told before anything is built for it.
            JsscSerialLink.open(port.name(), board.serial().baud()).close();
            return run.build(firmware -> run.at(port.name(), firmware));
        }
        return run.build(run::emulated);
    }

    /** A model's profile, and that of its parts if it begins with blocks and both can be brought onto the board. */
    public record WithParts(ModelProfile profile, Optional<ProfileParts> parts) {}

    /**
     * Profiles a model and, if it has blocks before its network, the network alone on the features of the same samples.
     * A board that has to be started with its firmware, and so has that of the whole model, cannot tell them apart.
     *
     * @throws TinytuneException as {@link #profile}, and with {@link ExitCode#MISMATCH} if the network alone computes
     *     something else than the simulator
     */
    public static WithParts profileParts(
            Graph int8, Board board, List<byte[]> inputs, ProfileTarget target, Progress progress) {
        boolean started = target instanceof ProfileTarget.Port && !isFlashed(board);
        Optional<FrontEnd> frontEnd = started ? Optional.empty() : FrontEnd.of(int8);
        Optional<ModelProfile> network = frontEnd.map(blocks -> {
            List<byte[]> features = features(int8, blocks, inputs);
            return profile(FrontEnd.network(int8), board, features, target, progress);
        });
        network.ifPresent(ModelProfile::requireEqual);
        // The whole model comes last, so that it is what stays on the board.
        ModelProfile whole = profile(int8, board, inputs, target, progress);
        return new WithParts(whole, network.map(alone -> ProfileParts.of(whole, alone)));
    }

    private static List<byte[]> features(Graph graph, FrontEnd frontEnd, List<byte[]> inputs) {
        String wanted = frontEnd.features().name();
        Simulator simulator = Simulator.of(graph);
        List<byte[]> features = new ArrayList<>();
        for (byte[] input : inputs) {
            simulator.reset();
            simulator.run(List.of(input), (node, tensor, bytes) -> {
                if (graph.tensor(tensor).name().equals(wanted)) {
                    features.add(bytes);
                }
            });
        }
        return features;
    }

    private ModelProfile build(Function<ModelFirmware, ModelProfile> use) {
        progress.begin("building the firmware for " + board.id());
        return ModelFirmware.build(int8, board, use);
    }

    private ModelProfile emulated(ModelFirmware firmware) {
        progress.begin("starting the emulated " + board.id());
        try (VirtualBoard virtual = VirtualBoard.start(board, firmware.files().elf())) {
            return at(virtual.port(), firmware);
        }
    }

    private ModelProfile at(String port, ModelFirmware firmware) {
        if (isFlashed(board)) {
            flash(port, firmware.files().hex());
        }
        DeviceProfile device = run(port, firmware.modelHash());
        List<byte[]> outputs =
                device.inferences().stream().map(Inference::output).toList();
        return ModelProfile.of(device, firmware.files().sizes(), OutputComparison.of(outputs, simulate(firmware)));
    }

    private static boolean isFlashed(Board board) {
        return board.flash().protocol() != Board.FlashProtocol.EMULATOR;
    }

    private void flash(String port, Path hex) {
        progress.begin("flashing " + board.id() + " at " + port);
        try (SerialLink link = JsscSerialLink.open(port, board.flash().baud())) {
            Flasher.flash(link, board, IntelHex.read(hex), progress::update);
        }
    }

    private DeviceProfile run(String port, String modelHash) {
        progress.begin("running " + inputs.size() + " samples on " + board.id() + " at " + port);
        try (SerialLink link = JsscSerialLink.open(port, board.serial().baud())) {
            return new DeviceProfiler(link, board, modelHash).profile(inputs, progress::update);
        }
    }

    private List<byte[]> simulate(ModelFirmware firmware) {
        Simulator simulator = new Simulator(PreparedKernels.of(firmware.int8()), firmware.plan());
        // The firmware as well runs each from states of 0.
        return inputs.stream().map(simulator::runSample).toList();
    }
}
