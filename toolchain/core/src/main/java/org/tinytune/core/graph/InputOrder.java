package org.tinytune.core.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * How a TFLite file lists the inputs of a node: the operands of the graph, and the constants that are parameters here.
 * Constants come first or last; the operands between them may stand in another order than in the graph.
 *
 * @param leadingConstants constants in front of the operands
 * @param operands the operand that stands at each of the file's first places; further operands keep their places
 * @param trailingConstants constants behind the operands
 */
public record InputOrder(int leadingConstants, List<Integer> operands, int trailingConstants) {
    /** Keeps a copy. */
    public InputOrder {
        operands = List.copyOf(operands);
    }

    /** The operands as the graph lists them, then so many constants. */
    public static InputOrder followedBy(int constants) {
        return new InputOrder(0, List.of(), constants);
    }

    /** How many constants there are. */
    public int constants() {
        return leadingConstants + trailingConstants;
    }

    /**
     * The inputs in the order of a file.
     *
     * @param node operands in the order of the graph
     * @param constants as many as there are
     */
    public List<Integer> toFile(List<Integer> node, List<Integer> constants) {
        List<Integer> file = new ArrayList<>(constants.subList(0, leadingConstants));
        for (int place = 0; place < node.size(); place++) {
            file.add(node.get(operandAt(place)));
        }
        file.addAll(constants.subList(leadingConstants, constants.size()));
        return file;
    }

    /**
     * The operands in the order of the graph.
     *
     * @param file all inputs of a node; however few there are, one counts as an operand before any counts as a constant
     *     that comes last
     */
    public List<Integer> operands(List<Integer> file) {
        int end = operandsEnd(file.size());
        List<Integer> node = new ArrayList<>();
        for (int i = leadingConstants; i < end; i++) {
            int operand = operandAt(i - leadingConstants);
            while (node.size() <= operand) {
                node.add(Node.ABSENT);
            }
            node.set(operand, file.get(i));
        }
        return node;
    }

    /** The constants of a file. */
    public List<Integer> constants(List<Integer> file) {
        List<Integer> constants = new ArrayList<>(file.subList(0, Math.min(leadingConstants, file.size())));
        constants.addAll(file.subList(operandsEnd(file.size()), file.size()));
        return constants;
    }

    private int operandAt(int place) {
        return place < operands.size() ? operands.get(place) : place;
    }

    private int operandsEnd(int inputs) {
        return Math.min(inputs, Math.max(leadingConstants + 1, inputs - trailingConstants));
    }
}
