package org.tinytune.core.op.svdf;

import java.util.List;
import org.tinytune.core.graph.Cost;
import org.tinytune.core.graph.Float32Kernel;
import org.tinytune.core.graph.InPlace;
import org.tinytune.core.graph.Int8Kernel;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.QatKernel;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.Fusing;
import org.tinytune.core.op.OptionsCodec;
import org.tinytune.core.op.Shapes;
import org.tinytune.core.tensor.Shape;

/**
 * {@code SVDF}: a fully connected layer over the latest steps of a sequence, factored by singular value decomposition.
 * Every filter is a product with the input of one step, kept in the state for as many steps as the memory is long, and
 * a product over these. Operands: input {@code [1, C_IN]}, weights of the features {@code [FILTERS, C_IN]}, weights of
 * time {@code [FILTERS, MEMORY]} with the latest step last, optionally bias {@code [UNITS]}, and the state {@code [1,
 * FILTERS · MEMORY]}, which is written to.
 *
 * <p>Source: Nakkiran et al., "Compressing Deep Neural Networks using a Rank-Constrained Topology", Interspeech 2015.
 */
public final class Svdf implements Fusing<SvdfParams> {
    /** The operator. */
    public static final Svdf INSTANCE = new Svdf();

    /** The operand with the weights that the input meets. */
    public static final int FEATURE_WEIGHTS = 1;

    /** The operand with the weights that the state meets. */
    public static final int TIME_WEIGHTS = 2;

    /** The operand with the bias, which may be left out. */
    public static final int BIAS = 3;

    /** The operand that is the state. */
    public static final int STATE = 4;

    private static final int STATE_BYTES = 2;
    private static final int BIAS_BYTES = 4;

    private static final QuantSpec QUANT_SPEC = QuantSpec.recurrent(new QuantSpec.State(STATE, TIME_WEIGHTS, BIAS));

    /** Version 4 says how inputs of a float model are quantized on the way. */
    private static final TfliteCodec<SvdfParams> TFLITE = new OptionsCodec<>(
            27,
            6,
            new OptionsCodec.Versions(1, 3, 4),
            List.of(
                    TfliteCodec.Field.ofInt(0, 0, SvdfParams::rank),
                    TfliteCodec.Field.ofByte(1, 0, p -> p.activation().code())),
            (options, inputs) -> new SvdfParams(options.getInt(0), Activation.ofCode(options.getInt(1))));

    private Svdf() {}

    @Override
    public String name() {
        return "SVDF";
    }

    @Override
    public Shape inferShape(SvdfParams params, List<Shape> inputs) {
        Shapes.requireCount(inputs, STATE + 1, STATE + 1);
        Shape input = matrix(inputs, 0);
        Shape feature = matrix(inputs, FEATURE_WEIGHTS);
        Shape time = matrix(inputs, TIME_WEIGHTS);
        Shape state = matrix(inputs, STATE);
        int filters = feature.dim(0);
        if (params.rank() < 1 || filters % params.rank() != 0) {
            throw new InvalidModelException(filters + " filters are not units of " + params.rank());
        }
        int units = filters / params.rank();
        boolean fits = input.dim(0) == 1
                && input.dim(1) == feature.dim(1)
                && time.dim(0) == filters
                && state.dim(0) == 1
                && state.dim(1) == time.elements()
                && (inputs.get(BIAS) == null || inputs.get(BIAS).elements() == units);
        if (!fits) {
            throw new InvalidModelException("an input of " + input + ", weights of " + feature + " and " + time
                    + ", a bias of " + inputs.get(BIAS) + " and a state of " + state + " do not fit each other");
        }
        return Shapes.of(1, units);
    }

    private static Shape matrix(List<Shape> inputs, int i) {
        Shape shape = Shapes.require(inputs, i);
        if (shape.rank() != 2) {
            throw new InvalidModelException("operand " + i + " is " + shape + ", not of rank 2");
        }
        return shape;
    }

    @Override
    public QuantSpec quantSpec(SvdfParams params) {
        return QUANT_SPEC;
    }

    /** The reference takes RELU only in int8, and does not look at it otherwise. */
    @Override
    public SvdfParams quantizedParams(SvdfParams params) {
        return new SvdfParams(params.rank(), Activation.RELU);
    }

    @Override
    public RowWindow rowWindow(SvdfParams params, List<Shape> inputs) {
        return RowWindow.all(1);
    }

    /** The input is no longer needed once its features are in the state. */
    @Override
    public InPlace inPlace(SvdfParams params) {
        return InPlace.over(0);
    }

    @Override
    public Int8Kernel<SvdfParams> int8() {
        return SvdfInt8::prepare;
    }

    @Override
    public Float32Kernel<SvdfParams> float32() {
        return SvdfFloat32::new;
    }

    @Override
    public QatKernel<SvdfParams> qat() {
        return SvdfQat::new;
    }

    @Override
    public TfliteCodec<SvdfParams> tflite() {
        return TFLITE;
    }

    /** The state is written as well as the output. */
    @Override
    public Cost cost(SvdfParams params, List<Shape> inputs) {
        long feature = inputs.get(FEATURE_WEIGHTS).elements();
        long time = inputs.get(TIME_WEIGHTS).elements();
        long bias = inputs.get(BIAS) == null
                ? 0
                : (long) BIAS_BYTES * inputs.get(BIAS).elements();
        long state = STATE_BYTES * time;
        long read = inputs.get(0).elements() + feature + STATE_BYTES * time + bias + state;
        return new Cost(feature + time, read, inferShape(params, inputs).elements() + state);
    }

    @Override
    public Activation activation(SvdfParams params) {
        return params.activation();
    }

    @Override
    public SvdfParams withActivation(SvdfParams params, Activation activation) {
        return new SvdfParams(params.rank(), activation);
    }
}
