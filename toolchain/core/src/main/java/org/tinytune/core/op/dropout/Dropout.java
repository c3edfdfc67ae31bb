package org.tinytune.core.op.dropout;

import java.util.List;
import java.util.Optional;
import org.tinytune.core.graph.Cost;
import org.tinytune.core.graph.Float32Kernel;
import org.tinytune.core.graph.InPlace;
import org.tinytune.core.graph.Int8Kernel;
import org.tinytune.core.graph.Operands;
import org.tinytune.core.graph.QatKernel;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.op.ChannelWise;
import org.tinytune.core.op.Costs;
import org.tinytune.core.op.Shapes;
import org.tinytune.core.op.TrainingOnly;
import org.tinytune.core.tensor.Shape;

/**
 * {@code DROPOUT}: in training, elements or whole channels are set to 0 at random, and the others are raised so that
 * the mean stays; otherwise nothing. Operand: an input of any rank, with the channels last.
 *
 * <p>Source: Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", JMLR 15, 2014; of
 * channels: Tompson et al., "Efficient Object Localization Using Convolutional Networks", CVPR 2015, section 3.2.
 */
public final class Dropout implements TrainingOnly<DropoutParams>, ChannelWise<DropoutParams> {
    /** The operator. */
    public static final Dropout INSTANCE = new Dropout();

    private static final String REASON = "dropout is left out once training is done";

    private Dropout() {}

    @Override
    public String name() {
        return "DROPOUT";
    }

    @Override
    public Shape inferShape(DropoutParams params, List<Shape> inputs) {
        Shapes.requireCount(inputs, 1, 1);
        return Shapes.require(inputs, 0);
    }

    @Override
    public QuantSpec quantSpec(DropoutParams params) {
        return QuantSpec.sameAsInput();
    }

    @Override
    public RowWindow rowWindow(DropoutParams params, List<Shape> inputs) {
        return RowWindow.rowByRow(inputs.get(0).rows());
    }

    @Override
    public InPlace inPlace(DropoutParams params) {
        return InPlace.over(0);
    }

    @Override
    public boolean gradientInPlace() {
        return true;
    }

    @Override
    public Int8Kernel<DropoutParams> int8() {
        return Int8Kernel.none(REASON);
    }

    @Override
    public Float32Kernel<DropoutParams> float32() {
        return DropoutFloat32::new;
    }

    @Override
    public QatKernel<DropoutParams> qat() {
        return QatKernel.none(REASON);
    }

    @Override
    public TfliteCodec<DropoutParams> tflite() {
        return TfliteCodec.none(REASON);
    }

    @Override
    public Cost cost(DropoutParams params, List<Shape> inputs) {
        return Costs.withoutMacs(inputs, inputs.get(0));
    }

    @Override
    public Optional<ChannelAffine> frozen(DropoutParams params, Operands operands) {
        return Optional.empty();
    }

    @Override
    public boolean keepsChannels(DropoutParams params, List<Shape> inputs) {
        return true;
    }
}
