package org.tinytune.core.op.batchnorm;

import java.util.List;
import java.util.Optional;
import org.tinytune.core.graph.Cost;
import org.tinytune.core.graph.Float32Kernel;
import org.tinytune.core.graph.InPlace;
import org.tinytune.core.graph.Int8Kernel;
import org.tinytune.core.graph.InvalidModelException;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.QatKernel;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.ChannelWise;
import org.tinytune.core.op.Costs;
import org.tinytune.core.op.Fusing;
import org.tinytune.core.op.Shapes;
import org.tinytune.core.op.TrainingOnly;
import org.tinytune.core.tensor.Shape;

/**
 * {@code BATCH_NORM}: every channel is brought to mean 0 and variance 1 over the batch, then scaled by gamma and moved
 * by beta; outside of training, with running averages in place of the batch's.
 *
 * <p>Operands: input {@code [N, …, C]}, then gamma, beta, running mean and running variance, {@code [C]} each.
 *
 * <p>Source: Ioffe and Szegedy, "Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate
 * Shift", ICML 2015.
 */
public final class BatchNorm
        implements Fusing<BatchNormParams>, TrainingOnly<BatchNormParams>, ChannelWise<BatchNormParams> {
    /** The operator. */
    public static final BatchNorm INSTANCE = new BatchNorm();

    /** Operand: factor of each channel. */
    public static final int GAMMA = 1;

    /** Operand: what is added to each channel. */
    public static final int BETA = 2;

    /** Operand: running mean of each channel. */
    public static final int MEAN = 3;

    /** Operand: running variance of each channel. */
    public static final int VARIANCE = 4;

    private static final String REASON = "batch norm is folded into the operator in front of it before quantization";

    private BatchNorm() {}

    @Override
    public String name() {
        return "BATCH_NORM";
    }

    @Override
    public Shape inferShape(BatchNormParams params, List<Shape> inputs) {
        Shapes.requireCount(inputs, 5, 5);
        Shape input = Shapes.require(inputs, 0);
        for (int i = GAMMA; i <= VARIANCE; i++) {
            if (input.rank() == 0 || Shapes.require(inputs, i).elements() != input.dim(-1)) {
                throw new InvalidModelException("operand " + i + " is " + inputs.get(i) + " for an input of " + input);
            }
        }
        return input;
    }

    @Override
    public QuantSpec quantSpec(BatchNormParams params) {
        return QuantSpec.ownRange();
    }

    @Override
    public RowWindow rowWindow(BatchNormParams params, List<Shape> inputs) {
        return RowWindow.rowByRow(inputs.get(0).rows());
    }

    @Override
    public InPlace inPlace(BatchNormParams params) {
        return InPlace.over(0);
    }

    @Override
    public boolean gradientInPlace() {
        return true;
    }

    @Override
    public Int8Kernel<BatchNormParams> int8() {
        return Int8Kernel.none(REASON);
    }

    @Override
    public Float32Kernel<BatchNormParams> float32() {
        return BatchNormFloat32.FACET;
    }

    @Override
    public QatKernel<BatchNormParams> qat() {
        return QatKernel.none(REASON);
    }

    @Override
    public TfliteCodec<BatchNormParams> tflite() {
        return TfliteCodec.none(REASON);
    }

    @Override
    public Cost cost(BatchNormParams params, List<Shape> inputs) {
        return Costs.withoutMacs(inputs, inputs.get(0));
    }

    @Override
    public Activation activation(BatchNormParams params) {
        return params.activation();
    }

    @Override
    public BatchNormParams withActivation(BatchNormParams params, Activation activation) {
        return new BatchNormParams(params.epsilon(), params.momentum(), activation);
    }

    @Override
    public Optional<ChannelAffine> frozen(BatchNormParams params, Operands operands) {
        float[] gamma = operands.input(GAMMA).float32Data();
        float[] beta = operands.input(BETA).float32Data();
        float[] mean = operands.input(MEAN).float32Data();
        float[] variance = operands.input(VARIANCE).float32Data();
        double[] scale = new double[gamma.length];
        double[] shift = new double[gamma.length];
        for (int c = 0; c < scale.length; c++) {
            scale[c] = gamma[c] / Math.sqrt((double) variance[c] + params.epsilon());
            shift[c] = beta[c] - mean[c] * scale[c];
        }
        return Optional.of(new ChannelAffine(scale, shift));
    }

    @Override
    public boolean keepsChannels(BatchNormParams params, List<Shape> inputs) {
        return true;
    }
}
