package org.tinytune.runtimegen.emit;

import org.tinytune.core.graph.Tensor;

/**
 * The operands of a kernel on pairs of elements. Its first operand is an activation with all elements of the output;
 * the second may repeat, or be a constant, which is read from flash.
 *
 * @param first index of the kernel's first operand
 * @param second index of its second operand
 */
record Pair(int first, int second) {

    /** Brings the operands of a node in the order of the kernel. */
    static Pair of(Site<?> site) {
        boolean repeats = site.inputShape(0).elements() < site.outputShape().elements();
        boolean swapped = repeats || site.operands().input(0).isConstant();
        return swapped ? new Pair(1, 0) : new Pair(0, 1);
    }

    /** Starts the call: rows, rings and operands. */
    KernelCall.Builder call(String kernel, Site<?> site) {
        site.input(first);
        Tensor other = site.operands().input(second);
        Elementwise elements = Elementwise.of(site);
        boolean repeats = other.shape().elements() < site.outputShape().elements();
        int period = repeats ? other.shape().elements() : elements.rowElements();
        KernelCall.Builder call = site.isInt16()
                ? elements.addElementsTo(KernelCall.ofInt16(kernel)).geometry("input_2_elements", period)
                : elements.addTo(KernelCall.of(kernel)).geometry("input_2_bytes", period);
        call.geometry(
                        "input_1_ring_rows",
                        elements.ringRows(site.inputRingRows().get(first)))
                .geometry(
                        "input_2_ring_rows",
                        repeats ? 1 : elements.ringRows(site.inputRingRows().get(second)))
                .geometry("output_ring_rows", elements.ringRows(site.outputRingRows()))
                .geometry("input_2_in_flash", other.isConstant() ? 1 : 0);
        return other.isConstant()
                ? call.inputs(first)
                        .array(new FlashArray("input_2", other.data().orElseThrow()))
                : call.inputs(first, second);
    }
}
