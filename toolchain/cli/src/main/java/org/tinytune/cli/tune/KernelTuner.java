package org.tinytune.cli.tune;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tinytune.cli.output.Progress;
import org.tinytune.core.ExitCode;
import org.tinytune.core.TinytuneException;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.runtimegen.CTarget;
import org.tinytune.runtimegen.CTargetCosts;
import org.tinytune.runtimegen.KernelChoice;

/**
 * Finds the kernel variants with which a model is fastest, as long as its firmware stays within limits of flash and
 * RAM.
 *
 * <p>It begins with what a board would take by itself or, where that is over a limit, with the smallest firmware there
 * is. Then it measures every other variant of every layer, alone, and takes the faster ones, the one that saves most
 * first: each is measured again beside those that were taken before it, and kept if that was faster within limits. A
 * layer's time hardly depends on the variants of others, so that there is no need to try them together.
 *
 * <p>Checked by: KernelTunerTest.
 */
final class KernelTuner {
    private final List<Layer> layers;
    private final Bench bench;
    private final Size limits;

    /** Tells what firmware with some variants takes. */
    interface Bench {
        /** Its size, whether or not it fits. */
        Size size(KernelChoice choice);

        /**
         * Runs it.
         *
         * @throws TinytuneException with {@link ExitCode#DOES_NOT_FIT} if it does not fit the board
         */
        Cost measure(KernelChoice choice);
    }

    /**
     * The memory of a firmware, or the most that it may take.
     *
     * @param flashBytes in all
     * @param ramBytes static data, the arena included, and the deepest stack that is possible
     */
    record Size(long flashBytes, long ramBytes) {
        /** The bytes by which it is over either limit, together. */
        private long over(Size limits) {
            return Math.max(0, flashBytes - limits.flashBytes) + Math.max(0, ramBytes - limits.ramBytes);
        }

        /** By how much it is larger. */
        Size minus(Size other) {
            return new Size(flashBytes - other.flashBytes, ramBytes - other.ramBytes);
        }
    }

    /**
     * What a firmware takes.
     *
     * @param cycles of one inference
     */
    record Cost(long cycles, @JsonUnwrapped Size size) {
        /** Faster, or as fast and smaller. */
        private static final Comparator<Cost> BEST_FIRST = Comparator.comparingLong(Cost::cycles)
                .thenComparingLong(cost -> cost.size.flashBytes)
                .thenComparingLong(cost -> cost.size.ramBytes);

        private boolean isBetterThan(Cost other) {
            return BEST_FIRST.compare(this, other) < 0;
        }
    }

    /**
     * A layer that several variants can serve.
     *
     * @param node index in the graph that runs
     * @param tensor that it writes
     * @param variants that serve it, the target's first
     */
    record Layer(int node, String operator, String tensor, List<String> variants) {
        String variant(KernelChoice choice) {
            return choice.variant(tensor).orElse(variants.get(0));
        }

        private KernelChoice change(KernelChoice choice, String variant) {
            return choice.with(tensor, variant);
        }
    }

    /**
     * A variant of a layer, and what the firmware takes with it in place of the layer's at the start.
     *
     * @param cost empty if it does not fit
     */
    record Alternative(Layer layer, String variant, Optional<Cost> cost) {}

    /**
     * What was found.
     *
     * @param start what tuning began with
     * @param startCost of it
     * @param alternatives that were measured
     * @param best the choice
     * @param bestCost of it
     */
    record Tuning(
            KernelChoice start, Cost startCost, List<Alternative> alternatives, KernelChoice best, Cost bestCost) {}

    /** @param limits the most that the firmware may take */
    KernelTuner(List<Layer> layers, Bench bench, Size limits) {
        this.layers = List.copyOf(layers);
        this.bench = bench;
        this.limits = limits;
    }

    /** The layers of a graph that have several variants on a target. */
    static List<Layer> layers(Graph graph, CTarget target) {
        Graph unchosen = graph.withMetadata(KernelChoice.NONE.storedIn(graph.metadata(), target));
        CTargetCosts costs = new CTargetCosts(target);
        List<Layer> layers = new ArrayList<>();
        for (int n = 0; n < unchosen.nodes().size(); n++) {
            Node<?> node = unchosen.nodes().get(n);
            String tensor = unchosen.tensor(node.output()).name();
            List<String> variants = costs.variants(unchosen, node);
            if (variants.size() > 1 && KernelChoice.canName(tensor)) {
                layers.add(new Layer(n, node.operator().name(), tensor, variants));
            }
        }
        return layers;
    }

    /**
     * Tunes.
     *
     * @param begin the variants to begin with; of layers that it does not name, the first
     * @throws TinytuneException with {@link ExitCode#DOES_NOT_FIT} if no variants are within the limits
     */
    Tuning tune(KernelChoice begin, Progress progress) {
        KernelChoice start = within(named(begin));
        Cost startCost = bench.measure(start);
        List<Alternative> alternatives = alternatives(start, progress);
        List<Alternative> better = alternatives.stream()
                .filter(a -> a.cost.isPresent() && a.cost.get().isBetterThan(startCost))
                .sorted(Comparator.comparing(a -> a.cost.orElseThrow(), Cost.BEST_FIRST))
                .toList();
        KernelChoice best = start;
        Cost bestCost = startCost;
        Set<Layer> changed = new HashSet<>();
        for (Alternative alternative : better) {
            if (changed.contains(alternative.layer)) {
                continue;
            }
            KernelChoice next = alternative.layer.change(best, alternative.variant);
            Optional<Cost> cost = next.equals(best) ? Optional.empty() : measure(next);
            if (cost.isPresent() && cost.get().isBetterThan(bestCost) && isWithinLimits(cost.get())) {
                best = next;
                bestCost = cost.get();
                changed.add(alternative.layer);
            }
        }
        return new Tuning(start, startCost, alternatives, best, bestCost);
    }

    private List<Alternative> alternatives(KernelChoice start, Progress progress) {
        int all = layers.stream().mapToInt(layer -> layer.variants.size() - 1).sum();
        List<Alternative> alternatives = new ArrayList<>();
        progress.begin("measuring kernel variants");
        for (Layer layer : layers) {
            for (String variant : layer.variants) {
                if (!variant.equals(layer.variant(start))) {
                    alternatives.add(new Alternative(layer, variant, measure(layer.change(start, variant))));
                    progress.update(alternatives.size(), all);
                }
            }
        }
        return alternatives;
    }

    private Optional<Cost> measure(KernelChoice choice) {
        try {
            return Optional.of(bench.measure(choice));
        } catch (TinytuneException e) {
            if (e.exitCode() != ExitCode.DOES_NOT_FIT) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private boolean isWithinLimits(Cost cost) {
        return cost.size.over(limits) == 0;
    }

    /** The same choice with every layer named: what is kept with a model says of all layers what they run on. */
    private KernelChoice named(KernelChoice choice) {
        KernelChoice named = choice;
        for (Layer layer : layers) {
            named = layer.change(named, layer.variant(choice));
        }
        return named;
    }

    /** A choice within limits: step by step the change that leaves least over them. */
    private KernelChoice within(KernelChoice from) {
        KernelChoice choice = from;
        Size size = bench.size(choice);
        while (size.over(limits) > 0) {
            KernelChoice smallest = choice;
            Size least = size;
            for (KernelChoice change : changes(choice)) {
                Size changed = bench.size(change);
                if (changed.over(limits) < least.over(limits)) {
                    smallest = change;
                    least = changed;
                }
            }
            if (smallest.equals(choice)) {
                throw doesNotFit(size);
            }
            choice = smallest;
            size = least;
        }
        return choice;
    }

    private TinytuneException doesNotFit(Size size) {
        List<String> over = new ArrayList<>();
        List<String> options = new ArrayList<>();
        if (size.flashBytes > limits.flashBytes) {
            over.add(over("flash", size.flashBytes, limits.flashBytes));
            options.add("--max-flash");
        }
        if (size.ramBytes > limits.ramBytes) {
            over.add(over("RAM", size.ramBytes, limits.ramBytes));
            options.add("--max-ram");
        }
        return new TinytuneException(
                ExitCode.DOES_NOT_FIT,
                "the smallest kernels leave a firmware of " + String.join("; and of ", over)
                        + " (take a smaller model or a higher " + String.join(" and ", options) + ")");
    }

    private static String over(String memory, long bytes, long limit) {
        return bytes + " B of " + memory + ", the limit is " + limit + " B: " + (bytes - limit) + " B over";
    }

    /** Other variants of a layer, and of all layers of an operator, which may share their kernel's code. */
    private List<KernelChoice> changes(KernelChoice choice) {
        List<KernelChoice> changes = new ArrayList<>();
        for (Layer layer : layers) {
            for (String variant : layer.variants) {
                changes.add(layer.change(choice, variant));
                KernelChoice together = choice;
                for (Layer other : layers) {
                    if (other.operator.equals(layer.operator) && other.variants.contains(variant)) {
                        together = other.change(together, variant);
                    }
                }
                changes.add(together);
            }
        }
        return changes.stream()
                .distinct()
                .filter(change -> !change.equals(choice))
                .toList();
    }
}
