package org.tinytune.test.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.cli.output.Progress;
import org.tinytune.cli.profile.Calibration;
import org.tinytune.cli.profile.ProfileTarget;
import org.tinytune.core.board.Board;
import org.tinytune.core.board.Boards;
import org.tinytune.core.cost.LatencyCalibration.Measurement;
import org.tinytune.core.cost.LatencyModel;
import org.tinytune.core.testing.InstalledTools;

/** The latency that a board's file predicts, and the one that its emulator shows. */
@Tag("slow")
class CalibrationTest {
    private static final int NETWORKS = 8;
    private static final int BLOCKS_EACH = 1;
    /** Not that of the calibration: other networks. */
    private static final long SEED = 77;

    private static final double MICROS_PER_SECOND = 1e6;

    static List<String> boards() {
        return Boards.ids();
    }

    @ParameterizedTest
    @MethodSource("boards")
    void predictsOtherNetworksAndBlocksWithinItsError(String id) {
        Board board = Boards.byId(id);
        InstalledTools.assumeEmulatorOf(board);

        Calibration.Measured measured =
                Calibration.measure(board, new ProfileTarget.Emulated(), NETWORKS, BLOCKS_EACH, SEED, Progress.NONE);

        assertThat(error(measured.networks(), board))
                .as("relative error of networks on %s", id)
                .isLessThan(2 * board.latency().relativeError());
        // A board whose blocks were not measured calls them so, and claims nothing.
        board.latency()
                .blockRelativeError()
                .ifPresent(claimed -> assertThat(error(measured.blocks(), board))
                        .as("relative error of blocks on %s", id)
                        .isLessThan(2 * claimed));
    }

    private static double error(List<Measurement> measurements, Board board) {
        LatencyModel model = LatencyModel.of(board);
        double squares = 0;
        for (Measurement measurement : measurements) {
            double measured = measurement.cycles() / board.mcu().clockHz() * MICROS_PER_SECOND;
            double error = model.predict(measurement.kernels()).micros() / measured - 1;
            squares += error * error;
        }
        return Math.sqrt(squares / measurements.size());
    }
}
