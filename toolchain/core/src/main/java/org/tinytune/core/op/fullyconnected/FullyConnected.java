package org.tinytune.core.op.fullyconnected;

import java.util.List;
import org.tinytune.core.graph.Cost;
import org.tinytune.core.graph.Float32Kernel;
import org.tinytune.core.graph.InPlace;
import org.tinytune.core.graph.Int16Kernel;
import org.tinytune.core.graph.Int8Kernel;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.QatKernel;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.BiasType;
import org.tinytune.core.op.Costs;
import org.tinytune.core.op.Fusing;
import org.tinytune.core.op.OptionsCodec;
import org.tinytune.core.op.Shapes;
import org.tinytune.core.tensor.Shape;

/**
 * {@code FULLY_CONNECTED}: a matrix product. Operands: input of {@code N·C_IN} elements, weights {@code [C_OUT, C_IN]},
 * and optionally bias {@code [C_OUT]}; output {@code [N, C_OUT]}.
 */
public final class FullyConnected implements Fusing<FullyConnectedParams> {
    /** The operator. */
    public static final FullyConnected INSTANCE = new FullyConnected();

    private static final int ACTIVATION = 0;
    private static final int WEIGHTS_FORMAT = 1;
    private static final int KEEP_NUM_DIMS = 2;
    private static final int BIAS_TYPE = 4;

    /** Of TFLite, from which on there is that option. */
    private static final int WITH_BIAS_TYPE = 11;

    /** Of TFLite, from which on the bias may be left out. */
    private static final int WITHOUT_BIAS = 6;

    private static final TfliteCodec<FullyConnectedParams> TFLITE = new OptionsCodec<FullyConnectedParams>(
                    9,
                    8,
                    new OptionsCodec.Versions(1, 4, 7, 11),
                    List.of(
                            TfliteCodec.Field.ofByte(
                                    ACTIVATION, 0, p -> p.activation().code()),
                            TfliteCodec.Field.ofByte(WEIGHTS_FORMAT, 0, p -> 0),
                            TfliteCodec.Field.ofByte(KEEP_NUM_DIMS, 0, p -> 0),
                            BiasType.field(BIAS_TYPE)),
                    FullyConnected::decode)
            .needing((params, operands) ->
                    operands.hasInput(2) ? BiasType.version(operands, WITH_BIAS_TYPE) : WITHOUT_BIAS);

    private FullyConnected() {}

    private static FullyConnectedParams decode(TfliteCodec.Options options, List<Tensor> inputs) {
        if (options.getInt(WEIGHTS_FORMAT) != 0) {
            throw new InvalidModelException("shuffled weights are not supported");
        }
        if (options.getFlag(KEEP_NUM_DIMS) && inputs.get(0).shape().rank() != 2) {
            throw new InvalidModelException("keep_num_dims is supported for inputs of rank 2 only, not "
                    + inputs.get(0).shape());
        }
        BiasType.check(options, BIAS_TYPE, inputs, 2);
        return new FullyConnectedParams(Activation.ofCode(options.getInt(ACTIVATION)));
    }

    @Override
    public String name() {
        return "FULLY_CONNECTED";
    }

    @Override
    public Shape inferShape(FullyConnectedParams params, List<Shape> inputs) {
        Shapes.requireCount(inputs, 2, 3);
        Shape input = Shapes.require(inputs, 0);
        Shape weights = Shapes.require(inputs, 1);
        if (weights.rank() != 2 || input.elements() % weights.dim(1) != 0) {
            throw new InvalidModelException("weights " + weights + " do not fit the input " + input);
        }
        Shapes.requireBias(inputs, weights.dim(0));
        return Shapes.of(input.elements() / weights.dim(1), weights.dim(0));
    }

    /** Checks that the weights have a single scale. */
    static void requireOneScale(Tensor weights) {
        if (weights.quantization().channels() != 1) {
            throw new InvalidModelException(
                    "weights '" + weights.name() + "': FULLY_CONNECTED takes one scale, not one a channel");
        }
    }

    @Override
    public QuantSpec quantSpec(FullyConnectedParams params) {
        return QuantSpec.weighted(QuantSpec.Weights.PER_TENSOR);
    }

    @Override
    public RowWindow rowWindow(FullyConnectedParams params, List<Shape> inputs) {
        return RowWindow.all(inputs.get(0).rows());
    }

    @Override
    public InPlace inPlace(FullyConnectedParams params) {
        return InPlace.NEVER;
    }

    @Override
    public Int8Kernel<FullyConnectedParams> int8() {
        return FullyConnectedInt8::prepare;
    }

    @Override
    public Int16Kernel<FullyConnectedParams> int16() {
        return FullyConnectedInt16::prepare;
    }

    @Override
    public Float32Kernel<FullyConnectedParams> float32() {
        return FullyConnectedFloat32.FACET;
    }

    @Override
    public QatKernel<FullyConnectedParams> qat() {
        return FullyConnectedQat::prepare;
    }

    @Override
    public TfliteCodec<FullyConnectedParams> tflite() {
        return TFLITE;
    }

    @Override
    public Cost cost(FullyConnectedParams params, List<Shape> inputs) {
        return Costs.weighted(inputs, inferShape(params, inputs), inputs.get(1).dim(1));
    }

    @Override
    public Activation activation(FullyConnectedParams params) {
        return params.activation();
    }

    @Override
    public FullyConnectedParams withActivation(FullyConnectedParams params, Activation activation) {
        return new FullyConnectedParams(activation);
    }
}
