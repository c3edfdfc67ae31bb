package org.tinytune.core.op;

import java.util.List;
import org.tinytune.core.graph.InputOrder;
import org.tinytune.core.graph.TfliteCodec;

/**
 * The codec of an operator whose version follows from more than the type, or whose options are more than scalars.
 *
 * @param <P> the operator's parameters
 */
public abstract class OperatorCodec<P extends Record> implements TfliteCodec<P> {
    private final int builtinOperator;
    private final int optionsType;
    private final int highestVersion;
    private final int trailingConstants;
    private final List<Field<P>> fields;

    /**
     * @param builtinOperator code in {@code BuiltinOperator} of the schema
     * @param optionsType member of {@code BuiltinOptions}
     * @param highestVersion as in {@link TfliteCodec#highestVersion}
     * @param trailingConstants operands that are constants in a file and parameters here
     * @param fields the scalar options
     */
    protected OperatorCodec(
            int builtinOperator, int optionsType, int highestVersion, int trailingConstants, List<Field<P>> fields) {
        this.builtinOperator = builtinOperator;
        this.optionsType = optionsType;
        this.highestVersion = highestVersion;
        this.trailingConstants = trailingConstants;
        this.fields = List.copyOf(fields);
    }

    @Override
    public final int builtinOperator() {
        return builtinOperator;
    }

    @Override
    public final int optionsType() {
        return optionsType;
    }

    @Override
    public final int highestVersion() {
        return highestVersion;
    }

    @Override
    public final InputOrder inputOrder() {
        return InputOrder.followedBy(trailingConstants);
    }

    @Override
    public final List<Field<P>> fields() {
        return fields;
    }
}
