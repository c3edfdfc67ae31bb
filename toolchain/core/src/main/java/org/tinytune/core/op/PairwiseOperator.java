package org.tinytune.core.op;

import java.util.List;
import java.util.function.ToIntFunction;
import org.tinytune.core.graph.Cost;
import org.tinytune.core.graph.InPlace;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.tensor.Shape;

/** An operator on pairs of elements, as {@link Pairing} brings them together: all that does not depend on which one. */
public abstract class PairwiseOperator implements Fusing<PairwiseParams>, ChannelWise<PairwiseParams> {
    private final String name;
    private final QuantSpec quantSpec;
    private final TfliteCodec<PairwiseParams> tflite;

    /**
     * @param name its TFLite name
     * @param quantSpec the same with any clamp
     * @param builtinOperator its code in a TFLite file
     * @param optionsType that of its options there, whose first is the clamp
     * @param versions of it that matter here
     */
    protected PairwiseOperator(
            String name, QuantSpec quantSpec, int builtinOperator, int optionsType, OptionsCodec.Versions versions) {
        this(name, quantSpec, builtinOperator, optionsType, versions, operands -> 1);
    }

    /**
     * @param name its TFLite name
     * @param quantSpec the same with any clamp
     * @param builtinOperator its code in a TFLite file
     * @param optionsType that of its options there, whose first is the clamp
     * @param versions of it that matter here
     * @param needed the version that operands need beside their type
     */
    protected PairwiseOperator(
            String name,
            QuantSpec quantSpec,
            int builtinOperator,
            int optionsType,
            OptionsCodec.Versions versions,
            ToIntFunction<Operands> needed) {
        this.name = name;
        this.quantSpec = quantSpec;
        this.tflite = new OptionsCodec<PairwiseParams>(
                        builtinOperator,
                        optionsType,
                        versions,
                        List.of(TfliteCodec.Field.ofByte(
                                0, 0, p -> p.activation().code())),
                        (options, inputs) -> new PairwiseParams(Activation.ofCode(options.getInt(0))))
                .needing((params, operands) -> needed.applyAsInt(operands));
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
