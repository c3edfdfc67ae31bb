package org.tinytune.core.op.sub;

import java.util.List;
import org.tinytune.core.graph.Cost;
import org.tinytune.core.graph.Float32Kernel;
import org.tinytune.core.graph.InPlace;
import org.tinytune.core.graph.Int8Kernel;
import org.tinytune.core.graph.QatKernel;
import org.tinytune.core.graph.QuantSpec;
import org.tinytune.core.graph.RowWindow;
import org.tinytune.core.graph.TfliteCodec;
import org.tinytune.core.op.Activation;
import org.tinytune.core.op.ChannelWise;
import org.tinytune.core.op.Costs;
import org.tinytune.core.op.Fusing;
import org.tinytune.core.op.OptionsCodec;
import org.tinytune.core.op.Pairing;
import org.tinytune.core.op.ScaledSumInt8;
import org.tinytune.core.tensor.Shape;

/** {@code SUB}: the elementwise difference of two operands, as {@link Pairing} brings their elements together. */
public final class Sub implements Fusing<SubParams>, ChannelWise<SubParams> {
    /** The operator. */
    public static final Sub INSTANCE = new Sub();

    private static final TfliteCodec<SubParams> TFLITE = new OptionsCodec<>(
            41,
            28,
            new OptionsCodec.Versions(1, 2, 5),
            List.of(TfliteCodec.Field.ofByte(0, 0, p -> p.activation().code())),
            (options, inputs) -> new SubParams(Activation.ofCode(options.getInt(0))));

    private Sub() {}

    @Override
    public String name() {
        return "SUB";
    }

    @Override
    public Shape inferShape(SubParams params, List<Shape> inputs) {
        return Pairing.shape(inputs);
    }

    @Override
    public QuantSpec quantSpec(SubParams params) {
        return QuantSpec.ownRange(ScaledSumInt8.LEAST_SCALE);
    }

    @Override
    public RowWindow rowWindow(SubParams params, List<Shape> inputs) {
        return Pairing.rowWindow(inputs);
    }

    @Override
    public InPlace inPlace(SubParams params) {
        return InPlace.over(0, 1);
    }

    @Override
    public Int8Kernel<SubParams> int8() {
        return (params, operands) -> ScaledSumInt8.difference(operands, params.activation());
    }

    @Override
    public Float32Kernel<SubParams> float32() {
        return SubTraining::float32;
    }

    @Override
    public QatKernel<SubParams> qat() {
        return SubTraining::qat;
    }

    @Override
    public TfliteCodec<SubParams> tflite() {
        return TFLITE;
    }

    @Override
    public Cost cost(SubParams params, List<Shape> inputs) {
        return Costs.withoutMacs(inputs, inferShape(params, inputs));
    }

    @Override
    public Activation activation(SubParams params) {
        return params.activation();
    }

    @Override
    public SubParams withActivation(SubParams params, Activation activation) {
        return new SubParams(activation);
    }

    @Override
    public boolean keepsChannels(SubParams params, List<Shape> inputs) {
        return true;
    }
}
