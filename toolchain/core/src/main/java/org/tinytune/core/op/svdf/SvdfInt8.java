package org.tinytune.core.op.svdf;

import java.util.Arrays;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.RowKernel;
import org.tinytune.core.graph.Rows;
import org.tinytune.core.graph.Tensor;
import org.tinytune.core.op.Int8Tensors;
import org.tinytune.core.quant.FixedPoint;
import org.tinytune.core.quant.Quantization;
import org.tinytune.core.quant.QuantizedMultiplier;
import org.tinytune.core.quant.Requantizer;
import org.tinytune.core.tensor.ElementType;

/**
 * {@code SVDF} in int8: input and output int8, weights of the features int8 in [-128, 127], state and weights of time
 * int16, each with one scale, int32 accumulators that wrap. The activation has to be RELU, but is not computed: the
 * output's range is the only clamp, and a ReLU if its zero point is -128.
 *
 * <p>Both multipliers come from quotients in <em>float</em>: {@code s_in · s_w / s_state} and {@code s_state · s_time /
 * s_out}.
 *
 * <p>Source: tensorflow:lite/kernels/internal/reference/svdf.h (EvalIntegerSVDF), lite/kernels/svdf.cc (the
 * multipliers). Checked by: SvdfInt8Test.
 */
public final class SvdfInt8 implements RowKernel {
    private final int inputChannels;
    private final int memory;
    private final int rank;
    private final byte[] featureWeights;
    private final int[] featureBias;
    private final short[] timeWeights;
    private final int[] bias;
    private final QuantizedMultiplier toState;
    private final Requantizer toOutput;

    private SvdfInt8(SvdfParams params, Operands operands) {
        Tensor input = Int8Tensors.activation(operands.input(0));
        Tensor output = Int8Tensors.activation(operands.output());
        Tensor feature = operands.input(Svdf.FEATURE_WEIGHTS);
        Tensor time = symmetric(operands.input(Svdf.TIME_WEIGHTS));
        Tensor state = state(operands);
        if (!params.equals(Svdf.INSTANCE.quantizedParams(params))) {
            throw new InvalidModelException(
                    "'" + output.name() + "': in int8, SVDF has the activation RELU, not " + params.activation());
        }
        rank = params.rank();
        inputChannels = input.shape().dim(1);
        memory = time.shape().dim(1);
        featureWeights = Int8Tensors.weights(operands, 0);
        if (feature.quantization().channels() != 1) {
            throw new InvalidModelException(
                    "weights '" + feature.name() + "': SVDF takes one scale, not one for each filter");
        }
        featureBias = featureBias(input.quantization().zeroPoint());
        timeWeights = time.int16Data();
        int units = output.shape().dim(1);
        bias = operands.hasInput(Svdf.BIAS) ? operands.input(Svdf.BIAS).int32Data() : new int[units];
        toState = toState(operands);
        toOutput = Requantizer.perTensorInFloat(
                state.quantization(), time.quantization(), output.quantization(), units, -128, 127);
    }

    /** Checks the operands and derives the multipliers. */
    public static SvdfInt8 prepare(SvdfParams params, Operands operands) {
        return new SvdfInt8(params, operands);
    }

    /** The multiplier of the features. */
    private static QuantizedMultiplier toState(Operands operands) {
        float product = operands.input(0).quantization().scale()
                * operands.input(Svdf.FEATURE_WEIGHTS).quantization().scale();
        return QuantizedMultiplier.of(product / state(operands).quantization().scale());
    }

    /** The state, symmetric int16 with a scale above 0. */
    static Tensor state(Operands operands) {
        Tensor state = symmetric(operands.input(Svdf.STATE));
        if (!state.state() || state.quantization().scale() == 0) {
            throw new InvalidModelException("'" + state.name() + "' is no state with a scale");
        }
        return state;
    }

    private static Tensor symmetric(Tensor tensor) {
        Quantization q = tensor.quantization();
        if (tensor.type() != ElementType.INT16 || q.channels() != 1 || q.zeroPoint() != 0) {
            throw new InvalidModelException("'" + tensor.name() + "' is " + tensor.type() + " with " + q
                    + ", not int16 with one scale and zero point 0");
        }
        return tensor;
    }

    private int[] featureBias(int zeroPoint) {
        int[] folded = new int[featureWeights.length / inputChannels];
        for (int i = 0; i < featureWeights.length; i++) {
            folded[i / inputChannels] -= zeroPoint * featureWeights[i];
        }
        return folded;
    }

    /** What the zero point of the input contributes to each filter's product. */
    public int[] featureBias() {
        return featureBias.clone();
    }

    /** The bias of each unit. */
    public int[] bias() {
        return bias.clone();
    }

    /** From a product with the input to the state. */
    public QuantizedMultiplier toState() {
        return toState;
    }

    /** From a sum over the state to the output; a channel is a unit. */
    public Requantizer toOutput() {
        return toOutput;
    }

    @Override
    public void run(Rows[] inputs, Rows[] outputs, int begin, int end) {
        Rows state = inputs[Svdf.STATE];
        moveOn(state);
        for (int f = 0; f < featureBias.length; f++) {
            int acc = featureBias[f] + dot(inputs[0], f);
            int rescaled = toState.apply(acc);
            int newest = (f + 1) * memory - 1;
            set(state, newest, FixedPoint.clamp(rescaled, Short.MIN_VALUE, Short.MAX_VALUE));
        }
        Rows out = outputs[0];
        for (int u = 0; u < bias.length; u++) {
            int acc = bias[u];
            for (int i = u * rank * memory; i < (u + 1) * rank * memory; i++) {
                acc += timeWeights[i] * get(state, i);
            }
            out.memory()[out.at(0) + u] = toOutput.apply(acc, u);
        }
    }

    private int dot(Rows input, int filter) {
        int sum = 0;
        for (int k = 0; k < inputChannels; k++) {
            sum += input.memory()[input.at(0) + k] * featureWeights[filter * inputChannels + k];
        }
        return sum;
    }

    /** Every filter forgets its oldest feature; its newest is to be set. */
    private static void moveOn(Rows state) {
        int begin = state.at(0);
        int kept = state.rowBytes() - Short.BYTES;
        System.arraycopy(state.memory(), begin + Short.BYTES, state.memory(), begin, kept);
        Arrays.fill(state.memory(), begin + kept, begin + state.rowBytes(), (byte) 0);
    }

    private static int get(Rows state, int i) {
        int at = state.at(0) + i * Short.BYTES;
        return state.memory()[at] & 0xFF | state.memory()[at + 1] << Byte.SIZE;
    }

    private static void set(Rows state, int i, int value) {
        int at = state.at(0) + i * Short.BYTES;
        state.memory()[at] = (byte) value;
        state.memory()[at + 1] = (byte) (value >> Byte.SIZE);
    }
}
