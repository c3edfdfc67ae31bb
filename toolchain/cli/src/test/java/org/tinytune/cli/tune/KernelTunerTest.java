package org.tinytune.cli.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tinytune.cli.output.Progress;
import org.tinytune.cli.tune.KernelTuner.Cost;
import org.tinytune.cli.tune.KernelTuner.Layer;
import org.tinytune.cli.tune.KernelTuner.Size;
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
     * Pairs take 2,000 bytes of code, however many layers use them, and 100 for each; they take 300 bytes of RAM for
     * the first layer, or 200 for the second. They serve the first convolution better and the second worse; a wide pool
     * is faster and takes 50 bytes of RAM, a huge one leaves no room for data.
     */
    private static final class Machine implements KernelTuner.Bench {
        private int inferences;

        private static boolean is(KernelChoice choice, String tensor, String variant) {
            return choice.variant(tensor).equals(Optional.of(variant));
        }

        @Override
        public Size size(KernelChoice choice) {
            boolean a = is(choice, "a", "pairs");
            boolean b = is(choice, "b", "pairs");
            boolean wide = is(choice, "c", "wide");
            long flash = 4000L + (a || b ? 2000 : 0) + (a ? 100 : 0) + (b ? 100 : 0) + (wide ? 500 : 0);
            return new Size(flash, 1000 + Math.max(a ? 300 : 0, b ? 200 : 0) + (wide ? 50 : 0));
        }

        @Override
        public Cost measure(KernelChoice choice) {
            inferences++;
            if (is(choice, "c", "huge")) {
                throw new TinytuneException(ExitCode.DOES_NOT_FIT, "too much RAM");
            }
            long cycles = 10_000L
                    + (is(choice, "a", "pairs") ? 0 : 900)
                    - (is(choice, "b", "pairs") ? 0 : 300)
                    - (is(choice, "c", "wide") ? 50 : 0);
            return new Cost(cycles, size(choice));
        }
    }

    private static KernelChoice choice(String a, String b, String c) {
        return KernelChoice.NONE.with("a", a).with("b", b).with("c", c);
    }

    private static Tuning tune(long maxFlash, long maxRam) {
        return new KernelTuner(LAYERS, new Machine(), new Size(maxFlash, maxRam))
                .tune(KernelChoice.NONE, Progress.NONE);
    }

    @Test
    void takesTheFasterVariantOfEachLayer() {
        Tuning tuning = tune(10_000, 10_000);
        assertThat(tuning.start()).isEqualTo(choice("pairs", "pairs", ""));
        assertThat(tuning.startCost()).isEqualTo(new Cost(10_000, new Size(6200, 1300)));
        assertThat(tuning.best()).isEqualTo(choice("pairs", "", "wide"));
        assertThat(tuning.bestCost()).isEqualTo(new Cost(9650, new Size(6600, 1350)));
    }

    @Test
    void beginsWithTheChoiceThatItIsGiven() {
        Tuning tuning = new KernelTuner(LAYERS, new Machine(), new Size(10_000, 10_000))
                .tune(KernelChoice.NONE.with("a", ""), Progress.NONE);
        assertThat(tuning.start()).isEqualTo(choice("", "pairs", ""));
        assertThat(tuning.best()).isEqualTo(choice("pairs", "", "wide"));
    }

    @Test
    void measuresEveryOtherVariantOnce() {
        Machine machine = new Machine();
        Tuning tuning =
                new KernelTuner(LAYERS, machine, new Size(10_000, 10_000)).tune(KernelChoice.NONE, Progress.NONE);
        assertThat(tuning.alternatives())
                .extracting(a ->
                        a.layer().tensor() + " " + a.variant() + " " + a.cost().isPresent())
                .containsExactly("a  true", "b  true", "c wide true", "c huge false");
        // The start, four others, and the two that were taken.
        assertThat(machine.inferences).isEqualTo(7);
    }

    @Test
    void leavesWhatWouldNotFitTheFlash() {
        Tuning tuning = tune(6250, 10_000);
        assertThat(tuning.best()).isEqualTo(choice("pairs", "", ""));
        assertThat(tuning.bestCost()).isEqualTo(new Cost(9700, new Size(6100, 1300)));
    }

    @Test
    void leavesWhatWouldNotFitTheRam() {
        Tuning tuning = tune(10_000, 1340);
        assertThat(tuning.best()).isEqualTo(choice("pairs", "", ""));
        assertThat(tuning.bestCost()).isEqualTo(new Cost(9700, new Size(6100, 1300)));
    }

    /** One layer less on pairs saves 100 bytes, all layers save 2,200. */
    @Test
    void beginsWithSmallerKernelsOfAllLayersWhereTheFlashAsksForIt() {
        Tuning tuning = tune(4600, 10_000);
        assertThat(tuning.start()).isEqualTo(choice("", "", ""));
        assertThat(tuning.best()).isEqualTo(choice("", "", "wide"));
        assertThat(tuning.bestCost()).isEqualTo(new Cost(10_550, new Size(4500, 1050)));
    }

    @Test
    void beginsWithLessRamWhereTheLimitAsksForIt() {
        Tuning tuning = tune(10_000, 1250);
        assertThat(tuning.start()).isEqualTo(choice("", "pairs", ""));
        assertThat(tuning.best()).isEqualTo(choice("", "", "wide"));
        assertThat(tuning.bestCost().size()).isEqualTo(new Size(4500, 1050));
    }

    @Test
    void ofKernelsThatAreAsFastItTakesTheSmaller() {
        KernelTuner.Bench bench = new KernelTuner.Bench() {
            @Override
            public Size size(KernelChoice choice) {
                return new Size(Machine.is(choice, "c", "wide") ? 700 : 800, 100);
            }

            @Override
            public Cost measure(KernelChoice choice) {
                return new Cost(500, size(choice));
            }
        };
        Tuning tuning = new KernelTuner(LAYERS, bench, new Size(10_000, 10_000)).tune(KernelChoice.NONE, Progress.NONE);
        assertThat(tuning.best()).isEqualTo(choice("pairs", "pairs", "wide"));
    }

    @Test
    void saysByHowMuchTheSmallestKernelsAreOver() {
        assertOver(3900, 10_000, "4000 B of flash, the limit is 3900 B: 100 B over", "--max-flash");
        assertOver(10_000, 990, "1000 B of RAM, the limit is 990 B: 10 B over", "--max-ram");
        assertOver(
                3900,
                990,
                "4000 B of flash, the limit is 3900 B: 100 B over; and of 1000 B of RAM, the limit is 990 B: 10 B over",
                "--max-flash and --max-ram");
    }

    private static void assertOver(long maxFlash, long maxRam, String over, String option) {
        assertThatThrownBy(() -> tune(maxFlash, maxRam))
                .isInstanceOf(TinytuneException.class)
                .hasMessage("the smallest kernels leave a firmware of " + over + " (take a smaller model or a higher "
                        + option + ")")
                .extracting("exitCode")
                .isEqualTo(ExitCode.DOES_NOT_FIT);
    }
}
