package org.tinytune.core.op.hardswish;

import java.util.List;
import org.tinytune.core.graph.Cost;
import org.tinytune.core.graph.Float32Kernel;
import org.tinytune.core.graph.InPlace;
import org.tinytune.core.graph.Int8Kernel;
import org.tinytune.core.graph.QatKernel;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.op.ChannelWise;
import org.tinytune.core.op.Costs;
import org.tinytune.core.op.NoParams;
import org.tinytune.core.op.OptionsCodec;
import org.tinytune.core.op.Shapes;
import org.tinytune.core.tensor.Shape;

/**
 * {@code HARD_SWISH}: {@code x · min(6, max(0, x + 3)) / 6}. Operand: an input of any rank.
 *
 * <p>Source: Howard et al., "Searching for MobileNetV3", ICCV 2019, section 5.2.
 */
public final class HardSwish implements ChannelWise<NoParams> {
    /** The operator. */
    public static final HardSwish INSTANCE = new HardSwish();

    private static final TfliteCodec<NoParams> TFLITE = new OptionsCodec<>(
            117, 0, new OptionsCodec.Versions(1, 1, 1), List.of(), (options, inputs) -> new NoParams());

    private HardSwish() {}

    @Override
    public String name() {
        return "HARD_SWISH";
    }

    @Override
    public Shape inferShape(NoParams params, List<Shape> inputs) {
        Shapes.requireCount(inputs, 1, 1);
        return Shapes.require(inputs, 0);
    }

    @Override
    public QuantSpec quantSpec(NoParams params) {
        return QuantSpec.ownRange(HardSwishInt8.LEAST_SCALE);
    }

    @Override
    public RowWindow rowWindow(NoParams params, List<Shape> inputs) {
        return RowWindow.rowByRow(inputs.get(0).rows());
    }

    @Override
    public InPlace inPlace(NoParams params) {
        return InPlace.over(0);
    }

    @Override
    public Int8Kernel<NoParams> int8() {
        return HardSwishInt8::prepare;
    }

    @Override
    public Float32Kernel<NoParams> float32() {
        return HardSwishTraining::float32;
    }

    @Override
    public QatKernel<NoParams> qat() {
        return HardSwishTraining::qat;
    }

    @Override
    public TfliteCodec<NoParams> tflite() {
        return TFLITE;
    }

    @Override
    public Cost cost(NoParams params, List<Shape> inputs) {
        return Costs.withoutMacs(inputs, inputs.get(0));
    }

    @Override
    public boolean keepsChannels(NoParams params, List<Shape> inputs) {
        return true;
    }
}
