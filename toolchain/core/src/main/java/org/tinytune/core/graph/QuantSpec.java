package org.tinytune.core.graph;

import java.util.Optional;
import org.tinytune.core.quant.Quantization;

/**
 * How the tensors of an operator are quantized.
 *
 * @param output where the output's quantization comes from
 * @param fixed the output's quantization if it is fixed
 * @param weights how weights and bias are quantized, if there are any
 * @param state how what is kept from one inference to the next is quantized, if there is any
 * @param leastScale the least scale of the output that the kernel can compute, as a part of the inputs' greatest; 0 if
 *     any will do
 */
public record QuantSpec(
        Output output,
        Optional<Quantization> fixed,
        Optional<Weights> weights,
        Optional<State> state,
        double leastScale) {

    /** Where an output's quantization comes from. */
    public enum Output {
        /** From the range of its own values. */
        OWN_RANGE,
        /** Equal to that of input 0: the operator moves or selects values and never rescales them. */
        SAME_AS_INPUT,
        /** Equal to those of all inputs, which are thereby equal to each other. */
        SAME_AS_ALL_INPUTS,
        /** Given by the operator, whatever the values are. */
        FIXED
    }

    /**
     * Weights are symmetric int8 in [-127, 127]; the bias is int32 with scale {@code s_input · s_weights} and zero
     * point 0.
     *
     * @param input index of the weight operand
     * @param axis of the channels that have a scale each, or {@link #PER_TENSOR}
     * @param biasInput index of the bias operand, which may be left out; {@link #NO_BIAS} if there is no such operand
     */
    public record Weights(int input, int axis, int biasInput) {
        /** There is no bias with the scale of these weights. */
        public static final int NO_BIAS = -1;

        /** One scale for all weights. */
        public static final int PER_TENSOR = -1;
    }

    /**
     * The state of the latest steps, symmetric int16, and its weights, symmetric int16 with one scale for all; the bias
     * is int32 with scale {@code s_state · s_weights} and zero point 0.
     *
     * @param input index of the state operand
     * @param weights index of the operand with its weights, {@code [channels, steps]}: the state has as many elements
     * @param biasInput index of the bias operand, which may be left out
     */
    public record State(int input, int weights, int biasInput) {}

    /** The output has a range of its own. */
    public static QuantSpec ownRange() {
        return ownRange(0);
    }

    /** The output has a range of its own, with a scale of at least that part of the inputs' greatest. */
    public static QuantSpec ownRange(double leastScale) {
        return new QuantSpec(Output.OWN_RANGE, Optional.empty(), Optional.empty(), Optional.empty(), leastScale);
    }

    /** The output is quantized as input 0 is. */
    public static QuantSpec sameAsInput() {
        return new QuantSpec(Output.SAME_AS_INPUT, Optional.empty(), Optional.empty(), Optional.empty(), 0);
    }

    /** All inputs and the output are quantized alike. */
    public static QuantSpec sameAsAllInputs() {
        return new QuantSpec(Output.SAME_AS_ALL_INPUTS, Optional.empty(), Optional.empty(), Optional.empty(), 0);
    }

    /** The operator says how its output is quantized. */
    public static QuantSpec fixed(Quantization quantization) {
        return new QuantSpec(Output.FIXED, Optional.of(quantization), Optional.empty(), Optional.empty(), 0);
    }

    /** The output has a range of its own, and operands 1 and 2 are weights and bias. */
    public static QuantSpec weighted(int axis) {
        Weights weights = new Weights(1, axis, 2);
        return new QuantSpec(Output.OWN_RANGE, Optional.empty(), Optional.of(weights), Optional.empty(), 0);
    }

    /** The output has a range of its own, operand 1 is weights with one scale, and there is a state. */
    public static QuantSpec recurrent(State state) {
        Weights weights = new Weights(1, Weights.PER_TENSOR, Weights.NO_BIAS);
        return new QuantSpec(Output.OWN_RANGE, Optional.empty(), Optional.of(weights), Optional.of(state), 0);
    }
}
