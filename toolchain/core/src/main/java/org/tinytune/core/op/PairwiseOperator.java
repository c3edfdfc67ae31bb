package org.tinytune.core.op;

import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.tinytune.core.graph.Cost;
import org.tinytune.core.graph.InPlace;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;

/** An operator on pairs of elements, as {@link Pairing} brings them together: all that does not depend on which one. */
public abstract class PairwiseOperator implements Fusing<PairwiseParams>, ChannelWise<PairwiseParams> {
    /**
     * The option {@code pot_scale_int16} of ADD and SUB, which no other has: by default int16 operands are shifted and
     * not rescaled if all scales, the output's among them, are powers of two. Here they are always rescaled.
     *
     * <p>Source: tensorflow:lite/kernels/add.cc and sub.cc, Prepare (general_scale_int16).
     */
    protected static final TfliteCodec.Field<PairwiseParams> POWERS_OF_TWO =
            new TfliteCodec.Field<>(1, TfliteCodec.Kind.BYTE, 1, (params, operands) -> operands.areInt16() ? 0 : 1);

    private static final TfliteCodec.Field<PairwiseParams> ACTIVATION =
            TfliteCodec.Field.ofByte(0, 0, p -> p.activation().code());

    private final String name;
    private final QuantSpec quantSpec;
    private final TfliteCodec<PairwiseParams> tflite;

    /**
     * @param name its TFLite name
     * @param quantSpec the same with any clamp
     * @param builtinOperator its code in a TFLite file
     * @param optionsType that of its options there, whose first is the clamp
     * @param versions of it that matter here
     * @param needed the version that operands need beside their type
     * @param more options behind the clamp
     */
    protected PairwiseOperator(
            String name,
            QuantSpec quantSpec,
            int builtinOperator,
            int optionsType,
            OptionsCodec.Versions versions,
            ToIntFunction<Operands> needed,
            List<TfliteCodec.Field<PairwiseParams>> more) {
        this.name = name;
        this.quantSpec = quantSpec;
        this.tflite = new OptionsCodec<PairwiseParams>(
                        builtinOperator,
                        optionsType,
                        versions,
                        Stream.concat(Stream.of(ACTIVATION), more.stream()).toList(),
                        (options, inputs) -> new PairwiseParams(Activation.ofCode(options.getInt(ACTIVATION.id()))))
                .needing((params, operands) -> needed.applyAsInt(operands))
                .checking(more.contains(POWERS_OF_TWO) ? PairwiseOperator::checkRescaled : (options, listed) -> {});
    }

    private static void checkRescaled(TfliteCodec.Options options, Operands listed) {
        boolean shifts = Stream.concat(listed.inputs().stream(), listed.outputs().stream())
                .allMatch(PairwiseOperator::isShifted);
        if (shifts && options.getFlag(POWERS_OF_TWO.id())) {
            throw new InvalidModelException("pot_scale_int16 with scales that are powers of two");
        }
    }

    private static boolean isShifted(Tensor tensor) {
        return tensor != null
                && tensor.type() == ElementType.INT16
                && tensor.quantization().channels() == 1
                && NearPowerOfTwo.exponent(tensor.quantization().scale()).isPresent();
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Shape inferShape(PairwiseParams params, List<Shape> inputs) {
        return Pairing.shape(inputs);
    }

    @Override
    public final QuantSpec quantSpec(PairwiseParams params) {
        return quantSpec;
    }

    @Override
    public final RowWindow rowWindow(PairwiseParams params, List<Shape> inputs) {
        return Pairing.rowWindow(inputs);
    }

    @Override
    public final InPlace inPlace(PairwiseParams params) {
        return InPlace.over(0, 1);
    }

    @Override
    public final TfliteCodec<PairwiseParams> tflite() {
        return tflite;
    }

    @Override
    public final Cost cost(PairwiseParams params, List<Shape> inputs) {
        return Costs.withoutMacs(inputs, inferShape(params, inputs));
    }

    @Override
    public final Activation activation(PairwiseParams params) {
        return params.activation();
    }

    @Override
    public final PairwiseParams withActivation(PairwiseParams params, Activation activation) {
        return new PairwiseParams(activation);
    }

    @Override
    public final boolean keepsChannels(PairwiseParams params, List<Shape> inputs) {
        return true;
    }
}
