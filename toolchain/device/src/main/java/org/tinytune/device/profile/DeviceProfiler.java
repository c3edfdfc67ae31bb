package org.tinytune.device.profile;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.device.Progress;
import org.tinytune.device.serial.SerialLink;

/** Runs samples on a board and collects what it answers. */
public final class DeviceProfiler {
    private static final Duration INFERENCE_TIMEOUT = Duration.ofMinutes(2);
    private static final int ATTEMPTS_A_SAMPLE = 3;

    private final SerialLink link;
    private final Board board;
    private final String modelHash;

    /**
     * @param link to the board, open at {@link Board.Serial#baud}
     * @param board whose firmware is expected
     * @param modelHash of the model that is expected in it
     */
    public DeviceProfiler(SerialLink link, Board board, String modelHash) {
        this.link = link;
        this.board = board;
        this.modelHash = modelHash;
    }

    /**
     * Runs every sample once, in order. A sample whose answer is garbled or missing is run again, a few times.
     *
     * @param inputs input tensors, as the model takes them
     * @throws TinytuneException with {@link ExitCode#DEVICE_NOT_FOUND} if no firmware answers, if it is another board's
     *     or another model's, or if the board falls silent
     */
    public DeviceProfile profile(List<byte[]> inputs, Progress progress) {
        DeviceSession session = connect();
        List<Inference> inferences = new ArrayList<>();
        try {
            for (byte[] input : inputs) {
                inferences.add(runOnce(session, input));
                progress.update(inferences.size(), inputs.size());
            }
            return new DeviceProfile(board, modelHash, inferences, session.memory());
        } catch (IOException e) {
            throw new TinytuneException(
                    ExitCode.DEVICE_NOT_FOUND,
                    e.getMessage() + ", after " + inferences.size() + " of " + inputs.size()
                            + " samples (check the cable, then flash and profile again)",
                    e);
        }
    }

    private DeviceSession connect() {
        DeviceSession session;
        try {
            session = DeviceSession.connect(link, INFERENCE_TIMEOUT);
        } catch (IOException e) {
            throw new TinytuneException(
                    ExitCode.DEVICE_NOT_FOUND,
                    e.getMessage() + " (flash it first: `tinytune flash FIRMWARE --board " + board.id() + " --port "
                            + link.port() + "`)",
                    e);
        }
        require("board", board.id(), session.boardId());
        require("model", modelHash, session.modelHash());
        return session;
    }

    private void require(String what, String expected, String found) {
        if (!expected.equals(found)) {
            throw new TinytuneException(
                    ExitCode.DEVICE_NOT_FOUND,
                    link.port() + ": the firmware there is for " + what + " " + found + ", not " + expected
                            + " (build and flash it again)");
        }
    }

    private static Inference runOnce(DeviceSession session, byte[] input) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                session.load(input);
                return session.run();
            } catch (GarbledAnswerException e) {
                if (attempt == ATTEMPTS_A_SAMPLE) {
                    throw e;
                }
            }
        }
    }
}
