package org.tinytune.cli.search;

import java.util.List;
import java.util.Optional;
import org.tinytune.cli.output.Progress;
import org.tinytune.cli.profile.ModelProfile;
import org.tinytune.cli.profile.ProfileRun;
import org.tinytune.cli.profile.ProfileTarget;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.board.Board;
import org.tinytune.core.graph.Graph;

/** The chosen model on its emulated board, where the tools for that are installed; a search does without if not. */
final class SearchProfile {
    private static final String INSTALL = "install what is missing with: tinytune doctor --install";

    private SearchProfile() {}

    /**
     * Runs the test samples on the emulated board.
     *
     * @param inputs the samples as int8 input tensors
     * @throws TinytuneException with {@link ExitCode#MISMATCH} if an output byte differs from the simulator's
     */
    static ProfileSummary run(Graph int8Graph, Board board, List<byte[]> inputs, Progress progress) {
        if (board.emulator().isEmpty()) {
            return ProfileSummary.notRun(
                    board.id() + " is not emulated (profile the real one with: tinytune profile --port)");
        }
        ModelProfile profile;
        try {
            profile = ProfileRun.profile(int8Graph, board, inputs, new ProfileTarget.Emulated(), progress);
        } catch (TinytuneException e) {
            if (e.exitCode() != ExitCode.TOOL_MISSING) {
                throw e;
            }
            return ProfileSummary.notRun(e.getMessage() + "; " + INSTALL);
        }
        profile.requireEqual();
        return new ProfileSummary(
                "ok",
                Optional.empty(),
                Optional.of(profile.latencyMicros()),
                Optional.of(profile.ramBytes()),
                Optional.of(profile.stackBytes()),
                Optional.of(profile.energyMicrojoules()),
                Optional.of(profile.inferences()),
                Optional.of(profile.differingBytes()));
    }
}
