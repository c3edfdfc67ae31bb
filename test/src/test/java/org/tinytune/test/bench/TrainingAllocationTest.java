package org.tinytune.test.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Once its code is compiled, a step of training leaves the heap alone; vectors that escape would show here. */
class TrainingAllocationTest {
    private static final double SECONDS = 30;
    private static final int STEPS = 50;

    /** What looking costs. */
    private static final double BYTES = 200;

    /** One after the other in one process, since what is loaded for one network may change how the next is compiled. */
    @ParameterizedTest
    @CsvSource({
        "DS_CNN, false",
        "DS_CNN, true",
        "AUTOENCODER, true",
        "MOBILENET, true",
        "RESNET_8, false",
        "RESNET_8, true",
        "AUTOENCODER, false",
    })
    @Tag("slow")
    void stepsAllocateNothing(MlperfTinyNetwork network, boolean quantized) {
        try (TrainingRun run = TrainingRun.of(network, quantized, 1)) {
            double bytes = Double.POSITIVE_INFINITY;
            for (double spent = 0; spent < SECONDS && bytes > BYTES; ) {
                spent += run.seconds(STEPS);
                bytes = run.allocatedBytesPerStep();
            }
            assertThat(bytes).as("bytes a step").isLessThanOrEqualTo(BYTES);
        }
    }
}
