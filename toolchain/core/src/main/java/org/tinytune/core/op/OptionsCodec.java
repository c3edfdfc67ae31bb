package org.tinytune.core.op;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToIntBiFunction;
import org.tinytune.core.graph.InputOrder;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.tensor.ElementType;

/**
 * The codec of nearly every operator: a row of scalar options, and a version that follows from the type.
 *
 * @param builtinOperator code in {@code BuiltinOperator} of the schema
 * @param optionsType member of {@code BuiltinOptions}; 0 if there are no options
 * @param versions of the operator that matter here
 * @param fields the scalar options
 * @param decoder reads the parameters back
 * @param trailing operands that are constants in a file and parameters here
 * @param trailingConstantCount how many those are
 * @param needed the version that a node needs for what it uses beside its type; 1 if that is nothing
 * @param checker as in {@link TfliteCodec#check}
 */
public record OptionsCodec<P extends Record>(
        int builtinOperator,
        int optionsType,
        Versions versions,
        List<Field<P>> fields,
        Decoder<P> decoder,
        Function<P, List<Constant>> trailing,
        int trailingConstantCount,
        ToIntBiFunction<P, Operands> needed,
        BiConsumer<TfliteCodec.Options, Operands> checker)
        implements TfliteCodec<P> {

    /**
     * Versions of an operator in TFLite files.
     *
     * <p>Source: tensorflow:lite/tools/versioning/op_version.cc; the highest are those of the reference resolver of
     * TFLite 2.19, save where that version adds an option that is not read here.
     *
     * @param float32 lowest that serves float operands
     * @param int8 lowest that serves int8 operands
     * @param int16 lowest that gives int16
     * @param highest as in {@link TfliteCodec#highestVersion}
     */
    public record Versions(int float32, int int8, int int16, int highest) {
        /** Of an operator that makes no difference between int8 and int16, or does not know the latter. */
        public Versions(int float32, int int8, int highest) {
            this(float32, int8, int8, highest);
        }

        private int of(ElementType type) {
            return switch (type) {
                case INT8 -> int8;
                case INT16 -> int16;
                default -> float32;
            };
        }
    }

    /** Reads parameters back from options and inputs. */
    @FunctionalInterface
    public interface Decoder<P extends Record> {
        /** As {@link TfliteCodec#decode}. */
        P decode(Options options, List<Tensor> inputs);
    }

    /** Of an operator whose parameters are all among its options. */
    public OptionsCodec(
            int builtinOperator, int optionsType, Versions versions, List<Field<P>> fields, Decoder<P> decoder) {
        this(builtinOperator, optionsType, versions, fields, decoder, params -> List.of(), 0);
    }

    /** Of an operator with parameters that are constants in a file, and a version that follows from the type. */
    public OptionsCodec(
            int builtinOperator,
            int optionsType,
            Versions versions,
            List<Field<P>> fields,
            Decoder<P> decoder,
            Function<P, List<Constant>> trailing,
            int trailingConstantCount) {
        this(
                builtinOperator,
                optionsType,
                versions,
                fields,
                decoder,
                trailing,
                trailingConstantCount,
                (params, operands) -> 1,
                (options, listed) -> {});
    }

    /** The same of an operator whose version follows from more than the type. */
    public OptionsCodec<P> needing(ToIntBiFunction<P, Operands> version) {
        return with(version, checker);
    }

    /** The same of an operator that cannot do what options mean for some tensors. */
    public OptionsCodec<P> checking(BiConsumer<TfliteCodec.Options, Operands> check) {
        return with(needed, check);
    }

    private OptionsCodec<P> with(
            ToIntBiFunction<P, Operands> version, BiConsumer<TfliteCodec.Options, Operands> check) {
        return new OptionsCodec<>(
                builtinOperator,
                optionsType,
                versions,
                fields,
                decoder,
                trailing,
                trailingConstantCount,
                version,
                check);
    }

    @Override
    public int version(P params, Operands operands) {
        return Math.max(versions.of(operands.output().type()), needed.applyAsInt(params, operands));
    }

    @Override
    public int highestVersion() {
        return versions.highest();
    }

    @Override
    public List<Constant> constants(P params, Operands operands) {
        return trailing.apply(params);
    }

    @Override
    public InputOrder inputOrder() {
        return InputOrder.followedBy(trailingConstantCount);
    }

    @Override
    public P decode(Options options, List<Tensor> inputs) {
        return decoder.decode(options, inputs);
    }

    @Override
    public void check(Options options, Operands listed) {
        checker.accept(options, listed);
    }

    /**
     * Input {@code i} of a node in a file, which has to be a constant of int32.
     *
     * @param what it says, for the message
     * @throws InvalidModelException if it is not there, or computed by the model itself
     */
    public static int[] int32Constant(List<Tensor> inputs, int i, String what) {
        Tensor tensor = i < inputs.size() ? inputs.get(i) : null;
        if (tensor == null || !tensor.isConstant()) {
            throw new InvalidModelException("the " + what + " is not a constant, which is not supported");
        }
        return tensor.int32Data();
    }
}
