package org.tinytune.test.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tinytune.core.testing.InstalledTools;
import org.tinytune.core.tool.Tools;

/**
 * What blocks before a network may take at most holds, and what they compute is what the simulator does. QEMU counts
 * instructions exactly: they are the same on every machine with this compiler.
 */
class DspBarsTest {
    /** Every window of a block that has a bar, on each core that it has one on. */
    static Stream<Arguments> barred() {
        return DspWindow.all().stream()
                .flatMap(window -> window.bars().keySet().stream()
                        .sorted()
                        .map(core -> arguments(Named.of(window.name(), window), core)));
    }

    @ParameterizedTest
    @MethodSource("barred")
    @Tag("slow")
    void takesNoMoreInstructionsThanItMay(DspWindow window, EmulatedCore core) throws IOException {
        InstalledTools.assume(Tools.ARM_GCC, Tools.NEWLIB, Tools.QEMU_ARM);

        InferenceRun run = DspBenchmark.runs(window.graph(), List.of(core)).get(core);

        assertThat(run.instructions())
                .as("instructions of %s, %s, on %s", window.name(), window.window(), core.id())
                .isPositive()
                .isLessThanOrEqualTo(window.bar(core).orElseThrow());
    }

    @Test
    void soundAndMotionHaveBarsOnM0AndM4() {
        List<String> bars = new ArrayList<>();
        for (DspWindow window : DspWindow.all()) {
            window.bars().keySet().stream().sorted().forEach(core -> bars.add(window.name() + " " + core.id()));
        }

        assertThat(bars).containsExactly("MFCC m0", "MFCC m4", "SPECTRAL_FEATURES m0", "SPECTRAL_FEATURES m4");
    }
}
