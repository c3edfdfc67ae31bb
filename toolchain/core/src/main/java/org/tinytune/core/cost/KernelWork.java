package org.tinytune.core.cost;

import java.util.List;
import org.tinytune.core.graph.Cost;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.op.BlockWork;
import org.tinytune.core.op.DspBlock;
import org.tinytune.core.plan.Plan;
import org.tinytune.core.tensor.Shape;

/**
 * What a C kernel has to do for a node in one inference: the amounts that its time follows from. Of a block before a
 * network, elements are the {@linkplain BlockWork#values values} that it makes, windows its frames, and their elements
 * the samples of these.
 *
 * @param kernel the operator's name and, behind a hyphen, the variant's if it has one, as in {@code CONV_2D-pairs};
 *     {@code -int16} at the end if it computes in int16
 * @param macs multiply-accumulates
 * @param elements of the output; of the larger of input and output where there are no MACs, and it only moves or
 *     compares them
 * @param windows that are multiplied with weights: positions of the output; 0 without MACs
 * @param windowElements that all of them hold, of whatever channels of the input an output channel sees
 */
public record KernelWork(String kernel, long macs, long elements, long windows, long windowElements) {

    /** Of all steps of a plan, in their order; what leaves its input where it is does nothing. */
    public static List<KernelWork> of(Graph graph, Plan plan) {
        return plan.steps().stream()
                .map(step -> {
                    Node<?> node = graph.nodes().get(step.node());
                    KernelWork work = of(graph, node, step.variant());
                    return staysInPlace(graph, node, plan) ? new KernelWork(work.kernel, 0, 0, 0, 0) : work;
                })
                .toList();
    }

    /** Whether a node only says that bytes have another shape. */
    private static <P extends Record> boolean staysInPlace(Graph graph, Node<P> node, Plan plan) {
        Plan.Allocation input = plan.allocations().get(node.inputs().get(0));
        boolean moves = node.operator().quantSpec(node.params()).output() == QuantSpec.Output.SAME_AS_INPUT;
        return moves
                && input != null
                && input.offset() == plan.allocations().get(node.output()).offset()
                && graph.tensor(node.inputs().get(0)).bytes()
                        == graph.tensor(node.output()).bytes();
    }

    /** Of a node whose kernel is of that variant. */
    public static KernelWork of(Graph graph, Node<?> node, String variant) {
        String name = node.operator().name();
        Operands operands = graph.operands(node);
        String kernel = (variant.isEmpty() ? name : name + "-" + variant) + (operands.areInt16() ? "-int16" : "");
        Cost cost = graph.cost(node);
        if (node.operator() instanceof DspBlock<?>) {
            BlockWork block = blockWork(graph, node);
            return new KernelWork(name, cost.macs(), block.values(), block.frames(), block.samples());
        }
        int width = operands.output().type().bytes();
        if (cost.macs() == 0) {
            return new KernelWork(kernel, 0, Math.max(cost.bytesRead(), cost.bytesWritten()) / width, 0, 0);
        }
        Shape output = graph.tensor(node.output()).shape();
        int channels = output.dim(-1);
        return new KernelWork(
                kernel, cost.macs(), cost.bytesWritten() / width, output.elements() / channels, cost.macs() / channels);
    }

    private static <P extends Record> BlockWork blockWork(Graph graph, Node<P> node) {
        List<Shape> inputs =
                node.inputs().stream().map(i -> graph.tensor(i).shape()).toList();
        return ((DspBlock<P>) node.operator()).work(node.params(), inputs);
    }
}
