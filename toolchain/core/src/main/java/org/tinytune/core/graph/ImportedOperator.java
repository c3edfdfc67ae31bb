package org.tinytune.core.graph;

import java.util.List;

/**
 * What a node of a TFLite file is in a graph: a node of the same operator, nearly always; or nodes of others, where a
 * graph needs no operator of its own to say the same.
 */
public interface ImportedOperator {
    /** The code in {@code BuiltinOperator} of the schema. */
    int builtinOperator();

    /** The member of the union {@code BuiltinOptions}; 0 if the operator has no options. */
    int optionsType();

    /** The highest operator version that is read. */
    int highestVersion();

    /** How a file lists operands and constants. */
    InputOrder inputOrder();

    /** The scalar fields of the options table that are asked for. */
    List<? extends TfliteCodec.Field<?>> fields();

    /**
     * The nodes.
     *
     * @param options the value of each field, by its id
     * @param listed all inputs as the file lists them, the constants included, {@code null} for one that is left out,
     *     and all outputs; the first operand is there
     * @param inputs the operands, by their indices in the graph
     * @param outputs the outputs, by their indices in the graph
     * @throws InvalidModelException if a value has no meaning here
     */
    List<Node<?>> nodes(TfliteCodec.Options options, Operands listed, List<Integer> inputs, List<Integer> outputs);

    /** An operator that is the same in a graph. */
    static <P extends Record> ImportedOperator of(Operator<P> operator) {
        TfliteCodec<P> codec = operator.tflite();
        return new ImportedOperator() {
            @Override
            public int builtinOperator() {
                return codec.builtinOperator();
            }

            @Override
            public int optionsType() {
                return codec.optionsType();
            }

            @Override
            public int highestVersion() {
                return codec.highestVersion();
            }

            @Override
            public InputOrder inputOrder() {
                return codec.inputOrder();
            }

            @Override
            public List<TfliteCodec.Field<P>> fields() {
                return codec.fields();
            }

            @Override
            public List<Node<?>> nodes(
                    TfliteCodec.Options options, Operands listed, List<Integer> inputs, List<Integer> outputs) {
                codec.check(options, listed);
                return List.of(new Node<>(operator, codec.decode(options, listed.inputs()), inputs, outputs));
            }
        };
    }
}
