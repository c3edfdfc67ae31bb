package org.tinytune.runtimegen;

import java.util.List;
import java.util.stream.Stream;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.Node;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.plan.TargetCosts;
import org.tinytune.runtimegen.emit.Emitters;

/**
 * What the planner needs to know of a target: the emitters' answers, and before them what was chosen for the model
 * ({@link KernelChoice}).
 */
public record CTargetCosts(CTarget target) implements TargetCosts {
    @Override
    public int scratchBytes(Graph graph, Node<?> node, String variant) {
        return scratchBytesOf(graph, node, variant);
    }

    private <P extends Record> int scratchBytesOf(Graph graph, Node<P> node, String variant) {
        Operands operands = graph.operands(node);
        return Emitters.of(node, operands).scratchBytes(node.params(), operands, target, variant);
    }

    @Override
    public List<String> variants(Graph graph, Node<?> node) {
        return variantsOf(graph, node);
    }

    private <P extends Record> List<String> variantsOf(Graph graph, Node<P> node) {
        Operands operands = graph.operands(node);
        List<String> serving = Emitters.of(node, operands).variants(node.params(), operands, target);
        String tensor = graph.tensor(node.output()).name();
        return KernelChoice.of(graph.metadata(), target)
                .variant(tensor)
                .filter(serving::contains)
                .map(chosen -> first(chosen, serving))
                .orElse(serving);
    }

    private static List<String> first(String chosen, List<String> all) {
        return Stream.concat(Stream.of(chosen), all.stream().filter(other -> !other.equals(chosen)))
                .toList();
    }
}
