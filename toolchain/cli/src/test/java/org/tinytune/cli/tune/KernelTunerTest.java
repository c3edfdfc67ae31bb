package org.tinytune.cli.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.tinytune.cli.output.Progress;
import org.tinytune.cli.tune.KernelTuner.Cost;
import org.tinytune.cli.tune.KernelTuner.Layer;
import org.tinytune.cli.tune.KernelTuner.Tuning;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.runtimegen.KernelChoice;

/** Two convolutions, which share the code of a kernel, and a pool. */
class KernelTunerTest {
    private static final List<Layer> LAYERS = List.of(
            new Layer(0, "CONV_2D", "a", List.of("pairs", "")),
            new Layer(1, "CONV_2D", "b", List.of("pairs", "")),
            new Layer(2, "MAX_POOL_2D", "c", List.of("", "wide", "huge")));

    /**
     * Pairs take 2,000 bytes of code, however many layers use them, and 100 for each. They serve the first convolution
     * better and the second worse; a wide pool is faster, a huge one leaves no room for data.
     */
    private static final class Machine implements KernelTuner.Bench {
        private int inferences;

        @Override
        public long flashBytes(KernelChoice choice) {
            int pairs = (int) List.of("a", "b").stream()
                    .filter(tensor -> choice.variant(tensor).isEmpty())
                    .count();
            boolean wide = choice.variant("c").equals(Optional.of("wide"));
            return 4000L + (pairs > 0 ? 2000 : 0) + 100L * pairs + (wide ? 500 : 0);
        }

        @Override
        public Cost measure(KernelChoice choice) {
            inferences++;
            if (choice.variant("c").equals(Optional.of("huge"))) {
                throw new TinytuneException(ExitCode.DOES_NOT_FIT, "too much RAM");
            }
            long cycles = 10_000L
                    + (choice.variant("a").isEmpty() ? 0 : 900)
                    - (choice.variant("b").isEmpty() ? 0 : 300)
                    - (choice.variant("c").isEmpty() ? 0 : 50);
            return new Cost(cycles, flashBytes(choice));
        }
    }

    private static KernelChoice choice(String... tensorsAndVariants) {
        TreeMap<String, String> variants = new TreeMap<>();
        for (int i = 0; i < tensorsAndVariants.length; i += 2) {
            variants.put(tensorsAndVariants[i], tensorsAndVariants[i + 1]);
        }
        return new KernelChoice(variants);
    }

    private static Tuning tune(long maxFlash) {
        return new KernelTuner(LAYERS, new Machine(), maxFlash).tune(Progress.NONE);
    }

    @Test
    void takesTheFasterVariantOfEachLayer() {
        Tuning tuning = tune(10_000);
        assertThat(tuning.start()).isEqualTo(KernelChoice.NONE);
        assertThat(tuning.startCost()).isEqualTo(new Cost(10_000, 6200));
        assertThat(tuning.best()).isEqualTo(choice("b", "", "c", "wide"));
        assertThat(tuning.bestCost()).isEqualTo(new Cost(9650, 6600));
    }

    @Test
    void measuresEveryOtherVariantOnce() {
        Machine machine = new Machine();
        Tuning tuning = new KernelTuner(LAYERS, machine, 10_000).tune(Progress.NONE);
        assertThat(tuning.alternatives())
                .extracting(a ->
                        a.layer().tensor() + " " + a.variant() + " " + a.cost().isPresent())
                .containsExactly("a  true", "b  true", "c wide true", "c huge false");
        // The start, four others, and the two that were taken.
        assertThat(machine.inferences).isEqualTo(7);
    }

    @Test
    void leavesWhatWouldNotFitTheFlash() {
        Tuning tuning = tune(6250);
        assertThat(tuning.best()).isEqualTo(choice("b", ""));
        assertThat(tuning.bestCost()).isEqualTo(new Cost(9700, 6100));
    }

    /** One layer less on pairs saves 100 bytes, all layers save 2,200. */
    @Test
    void beginsWithSmallerKernelsOfAllLayersWhereTheLimitAsksForIt() {
        Tuning tuning = tune(4600);
        assertThat(tuning.start()).isEqualTo(choice("a", "", "b", ""));
        assertThat(tuning.best()).isEqualTo(choice("a", "", "b", "", "c", "wide"));
        assertThat(tuning.bestCost()).isEqualTo(new Cost(10_550, 4500));
    }

    @Test
    void ofKernelsThatAreAsFastItTakesTheSmaller() {
        KernelTuner.Bench bench = new KernelTuner.Bench() {
            @Override
            public long flashBytes(KernelChoice choice) {
                return choice.variant("c").isPresent() ? 700 : 800;
            }

            @Override
            public Cost measure(KernelChoice choice) {
                return new Cost(500, flashBytes(choice));
            }
        };
        Tuning tuning = new KernelTuner(LAYERS, bench, 10_000).tune(Progress.NONE);
        assertThat(tuning.best()).isEqualTo(choice("c", "wide"));
    }

    @Test
    void saysByHowMuchTheSmallestKernelsAreOver() {
        assertThatThrownBy(() -> tune(3900))
                .isInstanceOf(TinytuneException.class)
                .hasMessage("the smallest kernels leave a firmware of 4000 B of flash, the limit is 3900 B: 100 B over"
                        + " (take a smaller model or a higher --max-flash)")
                .extracting("exitCode")
                .isEqualTo(ExitCode.DOES_NOT_FIT);
    }
}
