package org.tinytune.tflite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.TensorType;

/**
 * The integer model within a file that takes or gives other numbers: a QUANTIZE that turns a float input into int8 or
 * int16, and a DEQUANTIZE that turns such an output into floats, are left out, and the integer tensor takes the place
 * of the float. Its quantization says all that they did, and whoever runs the model, here or on a board, quantizes the
 * input and dequantizes the output by it. The same goes for a QUANTIZE between uint8 and int8 that only moves the zero
 * point by 128.
 *
 * <p>A tensor that another node uses as well, or that is both input and output, stays as it is. Checked by:
 * ConvertedEndsTest, ForeignModelsTest.
 */
final class ConvertedEnds {
    /** What a zero point of uint8 is above that of int8. */
    private static final long UINT8_OFFSET = 128;

    private final List<FlatTable> tensors;
    private final List<NodeReader> nodes;
    private final Ends inputs;
    private final Ends outputs;
    private final int[] uses;
    private final BitSet replaced = new BitSet();

    /** Finds them; the arrays are changed. */
    ConvertedEnds(List<FlatTable> tensors, List<NodeReader> nodes, int[] inputs, int[] outputs) {
        this.tensors = tensors;
        this.nodes = new ArrayList<>(nodes);
        this.inputs = new Ends(inputs, tensors.size());
        this.outputs = new Ends(outputs, tensors.size());
        this.uses = new int[tensors.size()];
        nodes.forEach(node -> node.tensors().forEach(i -> uses[i]++));
        Stream.of(inputs, outputs).flatMapToInt(Arrays::stream).forEach(i -> uses[i]++);
        this.nodes.removeIf(node -> node.isUnary() && (isFront(node) || isBack(node)));
    }

    /** All nodes but those that are left out. */
    List<NodeReader> nodes() {
        return nodes;
    }

    /** The tensors whose place others have taken. */
    BitSet replaced() {
        return replaced;
    }

    private boolean isFront(NodeReader node) {
        int outer = node.input();
        int inner = node.output();
        boolean quantizes = node.code().builtinOperator() == BuiltinOperator.QUANTIZE
                && isInteger(inner)
                && (type(outer) == TensorType.FLOAT32 || areTheSameReals(outer, inner));
        return quantizes && replace(inputs, outer, inner);
    }

    private boolean isBack(NodeReader node) {
        int inner = node.input();
        int outer = node.output();
        int operator = node.code().builtinOperator();
        boolean dequantizes = isInteger(inner)
                && (operator == BuiltinOperator.DEQUANTIZE && type(outer) == TensorType.FLOAT32
                        || operator == BuiltinOperator.QUANTIZE && areTheSameReals(outer, inner));
        return dequantizes && replace(outputs, outer, inner);
    }

    /** Puts the inner tensor among the ends in place of the outer, if that is used nowhere else. */
    private boolean replace(Ends ends, int outer, int inner) {
        if (ends.place()[outer] == Ends.NONE || uses[outer] != 2) {
            return false;
        }
        ends.tensors()[ends.place()[outer]] = inner;
        replaced.set(outer);
        return true;
    }

    /** Whether a tensor of uint8 and one of int8 stand for the same numbers, 128 apart. */
    private boolean areTheSameReals(int uint8, int int8) {
        return type(uint8) == TensorType.UINT8
                && type(int8) == TensorType.INT8
                && Arrays.equals(scales(uint8), scales(int8))
                && scales(int8).length == 1
                && zeroPoint(uint8) == zeroPoint(int8) + UINT8_OFFSET;
    }

    /** Whether a graph computes such a tensor. */
    private boolean isInteger(int tensor) {
        return type(tensor) == TensorType.INT8 || type(tensor) == TensorType.INT16;
    }

    private int type(int tensor) {
        return tensors.get(tensor).getByte(Schema.Tensor.TYPE, 0);
    }

    private float[] scales(int tensor) {
        return tensors.get(tensor)
                .table(Schema.Tensor.QUANTIZATION)
                .map(q -> q.floats(Schema.Quantization.SCALE))
                .orElse(new float[0]);
    }

    private long zeroPoint(int tensor) {
        return tensors.get(tensor)
                .table(Schema.Tensor.QUANTIZATION)
                .map(q -> q.longs(Schema.Quantization.ZERO_POINT))
                .filter(zeroPoints -> zeroPoints.length == 1)
                .map(zeroPoints -> zeroPoints[0])
                .orElse(0L);
    }

    /**
     * Inputs or outputs of the model.
     *
     * @param tensors that they are
     * @param place of each tensor of the file among them, or {@link #NONE}
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    private record Ends(int[] tensors, int[] place) {
        static final int NONE = -1;

        Ends(int[] tensors, int ofAll) {
            this(tensors, new int[ofAll]);
            Arrays.fill(place, NONE);
            for (int i = 0; i < tensors.length; i++) {
                place[tensors[i]] = i;
            }
        }
    }
}
