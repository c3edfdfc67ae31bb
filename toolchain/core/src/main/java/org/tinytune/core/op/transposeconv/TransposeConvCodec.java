package org.tinytune.core.op.transposeconv;

import java.util.List;
import org.tinytune.core.graph.InputOrder;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.BiasType;
import org.tinytune.core.op.OptionsCodec;
import org.tinytune.core.op.Padding;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.Shape;
import org.tinytune.core.tensor.TensorData;

/**
 * {@code TRANSPOSE_CONV} in a file: the output's shape, then the weights, then the input, then the bias.
 *
 * <p>Source: tensorflow:lite/kernels/transpose_conv.cc (the order), lite/tools/versioning/op_version.cc (the versions).
 */
final class TransposeConvCodec implements TfliteCodec<TransposeConvParams> {
    private static final int BIAS = 2;

    /** Where a file lists it. */
    private static final int BIAS_IN_FILE = 3;

    private static final int BIAS_TYPE = 4;

    /** The output's shape; then operand 1 before operand 0. */
    private static final InputOrder INPUT_ORDER = new InputOrder(1, List.of(1, 0), 0);

    @Override
    public int builtinOperator() {
        return 67;
    }

    @Override
    public int optionsType() {
        return 49;
    }

    @Override
    public int version(TransposeConvParams params, Operands operands) {
        int ofBias = BiasType.version(operands, 5);
        if (ofBias > 1) {
            return ofBias;
        }
        if (params.activation() != Activation.NONE) {
            return 4;
        }
        if (operands.hasInput(BIAS)) {
            return 3;
        }
        return operands.input(1).type() == ElementType.INT8 ? 2 : 1;
    }

    @Override
    public int highestVersion() {
        return 5;
    }

    @Override
    public List<Field<TransposeConvParams>> fields() {
        return List.of(
                Field.ofByte(0, 0, p -> p.padding().code()),
                Field.ofInt(1, 0, TransposeConvParams::strideWidth),
                Field.ofInt(2, 0, TransposeConvParams::strideHeight),
                Field.ofByte(3, 0, p -> p.activation().code()),
                BiasType.field(BIAS_TYPE));
    }

    @Override
    public InputOrder inputOrder() {
        return INPUT_ORDER;
    }

    @Override
    public List<Constant> constants(TransposeConvParams params, Operands operands) {
        Shape output = operands.output().shape();
        return List.of(new Constant("shape", new int[] {output.rank()}, TensorData.of(output.dims())));
    }

    @Override
    public TransposeConvParams decode(Options options, List<Tensor> inputs) {
        int[] shape = OptionsCodec.int32Constant(inputs, 0, "shape of the output");
        if (shape.length != 4) {
            throw new InvalidModelException("the shape of the output has " + shape.length + " extents, not 4");
        }
        BiasType.check(options, BIAS_TYPE, inputs, BIAS_IN_FILE);
        return new TransposeConvParams(
                shape[1],
                shape[2],
                options.getInt(2),
                options.getInt(1),
                Padding.ofCode(options.getInt(0)),
                Activation.ofCode(options.getInt(3)));
    }
}
