package org.tinytune.train.quantize;

import java.util.List;
import java.util.function.IntToLongFunction;
import org.tinytune.core.graph.Graph;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.tensor.ElementType;
import org.tinytune.core.tensor.TensorData;

/**
 * The way back from integers to real numbers: a float network with the real values that the constants of a quantized
 * one stand for.
 *
 * <p>Checked by: DequantizationTest.
 */
public final class Dequantization {
    private Dequantization() {}

    /** The float network of an int8 one; a float network stays as it is. */
    public static Graph of(Graph graph) {
        List<Tensor> tensors =
                graph.tensors().stream().map(Dequantization::dequantize).toList();
        return new Graph(tensors, graph.nodes(), graph.inputs(), graph.outputs(), graph.metadata());
    }

    private static Tensor dequantize(Tensor tensor) {
        if (!tensor.quantization().isPresent()) {
            return tensor; // floats, axes and shapes
        }
        return new Tensor(
                tensor.name(),
                tensor.shape(),
                ElementType.FLOAT32,
                Quantization.NONE,
                tensor.data().map(data -> TensorData.of(realValues(tensor))),
                tensor.state());
    }

    private static float[] realValues(Tensor tensor) {
        Quantization quantization = tensor.quantization();
        int[] zeroPoints = quantization.zeroPoints();
        IntToLongFunction integers = integers(tensor);
        int channelElements = channelElements(tensor);
        float[] values = new float[tensor.shape().elements()];
        for (int i = 0; i < values.length; i++) {
            int channel = quantization.channels() == 1 ? 0 : i / channelElements % quantization.channels();
            values[i] = quantization.scale(channel) * (integers.applyAsLong(i) - zeroPoints[channel]);
        }
        return values;
    }

    /** The integer at a place. */
    private static IntToLongFunction integers(Tensor tensor) {
        return switch (tensor.type()) {
            case INT8 -> i -> tensor.int8Data()[i];
            case INT16 -> i -> tensor.int16Data()[i];
            case INT32 -> i -> tensor.int32Data()[i];
            case INT64 -> i -> tensor.int64Data()[i];
            case FLOAT32 -> throw new InvalidModelException("tensor '" + tensor.name() + "' is quantized, yet real");
        };
    }

    /** Elements that lie together and have one channel. */
    private static int channelElements(Tensor tensor) {
        int elements = 1;
        for (int d = tensor.quantization().axis() + 1; d < tensor.shape().rank(); d++) {
            elements *= tensor.shape().dim(d);
        }
        return elements;
    }
}
