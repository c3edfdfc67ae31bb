package org.tinytune.core.op;

import java.util.List;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.tensor.ElementType;

/**
 * The option {@code quantized_bias_type} of operators with weights and int16 activations: beside them a bias is int64,
 * and int32 only where the option says so. Operators without the option know int64 alone.
 *
 * <p>Source: tensorflow:lite/kernels/conv.cc, fully_connected.cc and transpose_conv.cc.
 */
public final class BiasType {
    private static final int BIAS = 2;

    /** INT32 in the schema's TensorType. */
    private static final int INT32 = 2;

    private BiasType() {}

    /** The option. */
    public static <P extends Record> TfliteCodec.Field<P> field(int id) {
        return new TfliteCodec.Field<>(
                id, TfliteCodec.Kind.BYTE, 0, (params, operands) -> isNarrow(operands) ? INT32 : 0);
    }

    /** The operator version that a node needs: the one with the option, if it says anything. */
    public static int version(Operands operands, int withOption) {
        return isNarrow(operands) ? withOption : 1;
    }

    private static boolean isNarrow(Operands operands) {
        return operands.areInt16()
                && operands.hasInput(BIAS)
                && operands.input(BIAS).type() == ElementType.INT32;
    }

    /**
     * Checks that the bias is what the option says.
     *
     * @param inputs as the file lists them
     * @param bias its place among these
     * @throws InvalidModelException if sums were of 32 bits without an int32 bias that says so
     */
    public static void check(TfliteCodec.Options options, int id, List<Tensor> inputs, int bias) {
        boolean given = bias < inputs.size() && inputs.get(bias) != null;
        boolean narrow = given && inputs.get(bias).type() == ElementType.INT32;
        if (options.getInt(id) == INT32 && !narrow) {
            throw new InvalidModelException("quantized_bias_type is INT32, which the bias is not");
        }
        boolean wide = inputs.stream().anyMatch(input -> input != null && input.type() == ElementType.INT16);
        if (options.getInt(id) != INT32 && narrow && wide) {
            throw new InvalidModelException("the bias is INT32, which quantized_bias_type does not say");
        }
    }
}
