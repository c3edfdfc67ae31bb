package org.tinytune.core.op.mul;

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
import org.tinytune.core.tensor.Shape;

/** {@code MUL}: the elementwise product of two operands, as {@link Pairing} brings their elements together. */
public final class Mul implements Fusing<MulParams>, ChannelWise<MulParams> {
    /** The operator. */
    public static final Mul INSTANCE = new Mul();

    private static final TfliteCodec<MulParams> TFLITE = new OptionsCodec<>(
            18,
            21,
            new OptionsCodec.Versions(1, 2, 7),
            List.of(TfliteCodec.Field.ofByte(0, 0, p -> p.activation().code())),
            (options, inputs) -> new MulParams(Activation.ofCode(options.getInt(0))));

    private Mul() {}

    @Override
    public String name() {
        return "MUL";
    }

    @Override
    public Shape inferShape(MulParams params, List<Shape> inputs) {
        return Pairing.shape(inputs);
    }

    @Override
    public QuantSpec quantSpec(MulParams params) {
        return QuantSpec.ownRange();
    }

    @Override
    public RowWindow rowWindow(MulParams params, List<Shape> inputs) {
        return Pairing.rowWindow(inputs);
    }

    @Override
    public InPlace inPlace(MulParams params) {
        return InPlace.over(0, 1);
    }

    @Override
    public Int8Kernel<MulParams> int8() {
        return MulInt8::prepare;
    }

    @Override
    public Float32Kernel<MulParams> float32() {
        return MulTraining::float32;
    }

    @Override
    public QatKernel<MulParams> qat() {
        return MulTraining::qat;
    }

    @Override
    public TfliteCodec<MulParams> tflite() {
        return TFLITE;
    }

    @Override
    public Cost cost(MulParams params, List<Shape> inputs) {
        return Costs.withoutMacs(inputs, inferShape(params, inputs));
    }

    @Override
    public Activation activation(MulParams params) {
        return params.activation();
    }

    @Override
    public MulParams withActivation(MulParams params, Activation activation) {
        return new MulParams(activation);
    }

    @Override
    public boolean keepsChannels(MulParams params, List<Shape> inputs) {
        return true;
    }
}
