package org.tinytune.core.op;

import java.util.List;
import org.tinytune.core.graph.Cost;
import org.tinytune.core.graph.InPlace;
import org.tinytune.core.graph.Int16Kernel;
import org.tinytune.core.graph.Int8Kernel;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;

/**
 * {@code MAXIMUM} and {@code MINIMUM}: of each pair of elements, as {@link Pairing} brings them together, one.
 * Operands: two that are quantized alike.
 */
public abstract class ExtremumOperator implements InferenceOnly<NoParams> {
    private final String name;
    private final boolean maximum;
    private final TfliteCodec<NoParams> tflite;

    /**
     * @param name its TFLite name
     * @param builtinOperator its code in a TFLite file
     * @param maximum whether the greater of two is taken
     */
    protected ExtremumOperator(String name, int builtinOperator, boolean maximum) {
        this.name = name;
        this.maximum = maximum;
        this.tflite = new Codec(builtinOperator);
    }

    /** Whether the greater of two is taken. */
    public final boolean isMaximum() {
        return maximum;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Shape inferShape(NoParams params, List<Shape> inputs) {
        return Pairing.shape(inputs);
    }

    @Override
    public final QuantSpec quantSpec(NoParams params) {
        return QuantSpec.sameAsAllInputs();
    }

    @Override
    public final RowWindow rowWindow(NoParams params, List<Shape> inputs) {
        return Pairing.rowWindow(inputs);
    }

    @Override
    public final InPlace inPlace(NoParams params) {
        return InPlace.over(0, 1);
    }

    @Override
    public final Int8Kernel<NoParams> int8() {
        return (params, operands) -> ExtremumKernel.prepare(operands, maximum);
    }

    @Override
    public final Int16Kernel<NoParams> int16() {
        return (params, operands) -> ExtremumKernel.prepare(operands, maximum);
    }

    @Override
    public final TfliteCodec<NoParams> tflite() {
        return tflite;
    }

    @Override
    public final Cost cost(NoParams params, List<Shape> inputs) {
        return Costs.withoutMacs(inputs, inferShape(params, inputs));
    }

    /** Source of the versions: tensorflow:lite/tools/versioning/op_version.cc. */
    private static final class Codec extends OperatorCodec<NoParams> {
        Codec(int builtinOperator) {
            super(builtinOperator, 39, 4, 0, List.of());
        }

        @Override
        public int version(NoParams params, Operands operands) {
            if (operands.areInt16()) {
                return 4;
            }
            Shape first = operands.input(0).shape();
            Shape second = operands.input(1).shape();
            if (!first.equals(second) && Math.max(first.rank(), second.rank()) > 4) {
                return 3;
            }
            return operands.output().type() == ElementType.INT8 ? 2 : 1;
        }

        @Override
        public NoParams decode(Options options, List<Tensor> inputs) {
            return new NoParams();
        }
    }
}
