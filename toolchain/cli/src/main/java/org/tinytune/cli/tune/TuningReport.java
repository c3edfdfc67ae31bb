package org.tinytune.cli.tune;

import static org.tinytune.cli.output.Table.left;
import static org.tinytune.cli.output.Table.right;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tinytune.cli.model.KernelName;
import org.tinytune.cli.output.Quantities;
import org.tinytune.cli.output.ShortName;
import org.tinytune.cli.output.Table;
import org.tinytune.cli.tune.KernelTuner.Alternative;
import org.tinytune.cli.tune.KernelTuner.Cost;
import org.tinytune.cli.tune.KernelTuner.Layer;
import org.tinytune.cli.tune.KernelTuner.Size;
import org.tinytune.cli.tune.KernelTuner.Tuning;

/**
 * What tuning found, as JSON shows it.
 *
 * @param maxFlashBytes the limit of flash
 * @param maxRamBytes the limit of RAM
 * @param before what the firmware takes with the kernels that tuning began with
 * @param after what it takes with those that were chosen
 * @param kernels all variants of all layers that have several
 * @param written the model's file
 */
record TuningReport(
        String model,
        String board,
        long maxFlashBytes,
        long maxRamBytes,
        Cost before,
        Cost after,
        List<Kernel> kernels,
        String written) {
    /**
     * A variant of a layer.
     *
     * @param output the tensor that the layer writes
     * @param extraCycles of an inference with it in place of the one that tuning began with; empty if it does not fit
     * @param extraFlashBytes likewise
     * @param extraRamBytes likewise
     * @param chosen whether it is the one
     */
    record Kernel(
            int node,
            String operator,
            String output,
            String variant,
            Optional<Long> extraCycles,
            Optional<Long> extraFlashBytes,
            Optional<Long> extraRamBytes,
            boolean chosen) {}

    static TuningReport of(String model, String board, Size limits, List<Layer> layers, Tuning tuning, String written) {
        List<Kernel> kernels = new ArrayList<>();
        for (Layer layer : layers) {
            for (String variant : layer.variants()) {
                kernels.add(kernel(layer, variant, tuning));
            }
        }
        return new TuningReport(
                model,
                board,
                limits.flashBytes(),
                limits.ramBytes(),
                tuning.startCost(),
                tuning.bestCost(),
                kernels,
                written);
    }

    private static Kernel kernel(Layer layer, String variant, Tuning tuning) {
        Cost start = tuning.startCost();
        Optional<Cost> cost = tuning.alternatives().stream()
                .filter(a -> a.layer().equals(layer) && a.variant().equals(variant))
                .findFirst()
                .map(Alternative::cost)
                .orElse(Optional.of(start));
        Optional<Size> extra = cost.map(c -> c.size().minus(start.size()));
        return new Kernel(
                layer.node(),
                layer.operator(),
                layer.tensor(),
                KernelName.of(variant),
                cost.map(c -> c.cycles() - start.cycles()),
                extra.map(Size::flashBytes),
                extra.map(Size::ramBytes),
                layer.variant(tuning.best()).equals(variant));
    }

    String text() {
        if (kernels.isEmpty()) {
            return "no layer has several kernels on " + board + "; wrote " + written + "\n";
        }
        Table table = new Table(
                right("#"),
                left("operator"),
                left("output"),
                left("kernel"),
                right("cycles"),
                right("flash"),
                right("RAM"),
                left("chosen"));
        for (Kernel kernel : kernels) {
            table.row(
                    Integer.toString(kernel.node),
                    kernel.operator,
                    ShortName.of(kernel.output),
                    kernel.variant,
                    extra(kernel.extraCycles, ""),
                    extra(kernel.extraFlashBytes, " B"),
                    extra(kernel.extraRamBytes, " B"),
                    kernel.chosen ? "*" : "");
        }
        return table.text() + "\n" + "before: " + text(before) + "\nchosen: " + text(after) + "\nwrote " + written
                + "\n";
    }

    private static String extra(Optional<Long> amount, String unit) {
        return amount.map(a -> a == 0 ? "0" + unit : String.format(Locale.ROOT, "%+,d%s", a, unit))
                .orElse("does not fit");
    }

    private static String text(Cost cost) {
        return Quantities.count(cost.cycles()) + " cycles an inference, "
                + Quantities.bytes(cost.size().flashBytes()) + " of flash, "
                + Quantities.bytes(cost.size().ramBytes()) + " of RAM";
    }
}
